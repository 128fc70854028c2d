"""Arrays that lie in files, some of which somebody or something damaged."""

from pathlib import Path

import numpy as np
import pytest

from core.errors import DataError
from tests.training.made_up_faces import write_chips
from training.data.array_file import create_array, open_array
from training.data.chip import read_chips
from training.data.chip_cache import load_chip_images


@pytest.mark.parametrize("kept_bytes", [0, 5, 60, 200])
def test_a_cache_that_was_cut_off_is_a_sentence(tmp_path: Path, kept_bytes: int) -> None:
    chips = read_chips(write_chips(tmp_path / "UTKFace", 3))
    load_chip_images(chips, tmp_path)
    (file,) = tmp_path.glob("*.npy")
    file.write_bytes(file.read_bytes()[:kept_bytes])
    with pytest.raises(DataError, match=r"chips-\w+\.npy is damaged\. Delete it and start"):
        load_chip_images(chips, tmp_path)


def test_an_array_of_another_shape_is_not_gone_on_with(tmp_path: Path) -> None:
    file = tmp_path / "features.npy"
    create_array(file, np.float16, (3, 8))
    assert open_array(file, np.float16, (3, 8)).shape == (3, 8)
    with pytest.raises(DataError, match=r"features\.npy is damaged"):
        open_array(file, np.float16, (4, 8))
