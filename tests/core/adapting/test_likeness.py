import io

import numpy as np
from PIL import Image as Pillow

from core.adapting.likeness import difference_hash, picture_numbers
from core.types import Image
from tests.core.adapting.jobs import mottled


def saved_anew(image: Image, quality: int, side_px: int) -> Image:
    file = io.BytesIO()
    Pillow.fromarray(image).resize((side_px, side_px)).save(file, "JPEG", quality=quality)
    return np.asarray(Pillow.open(file).resize((128, 128)))


def chip(seed: int) -> Image:
    return np.asarray(mottled(seed, (120, 90, 80)).resize((128, 128)))


def test_a_face_saved_anew_or_smaller_is_of_one_picture_and_another_is_not() -> None:
    chips = [
        *(saved_anew(chip(0), quality, side_px) for quality in (40, 95) for side_px in (64, 128)),
        *map(chip, range(1, 4)),
    ]
    hashes = np.stack([difference_hash(each) for each in chips])
    numbers = picture_numbers([str(n) for n in range(len(chips))], hashes)
    assert len(set(numbers[:4])) == 1
    assert len(set(numbers)) == 4


def test_faces_of_one_file_are_of_one_picture_however_they_look() -> None:
    hashes = np.stack([difference_hash(chip(seed)) for seed in range(3)])
    first, second, third = picture_numbers(["group.jpg", "other.jpg", "group.jpg"], hashes)
    assert first == third != second


def test_a_chain_of_likenesses_is_one_picture() -> None:
    hashes = np.zeros((3, 256), np.bool_)
    hashes[1, :30] = hashes[0, :60] = True
    assert len(set(picture_numbers(["a", "b", "c"], hashes))) == 1
    assert len(set(picture_numbers(["a", "c"], hashes[[0, 2]]))) == 2
