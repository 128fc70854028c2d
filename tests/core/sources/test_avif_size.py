"""What is coded within an AVIF counts, not what its container says."""

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow

from core.errors import PhotoError
from core.sources import picture_limits
from core.sources.avif_size import largest_coded_px
from core.sources.photo import check_photo


def saved(mode: str, size: tuple[int, int], **options: Any) -> bytes:
    stream = io.BytesIO()
    Pillow.new(mode, size).save(stream, "AVIF", speed=10, **options)
    return stream.getvalue()


@pytest.mark.parametrize("size", [(1, 1), (80, 60), (5000, 30), (333, 1001)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_size_is_found_within(mode: str, size: tuple[int, int]) -> None:
    assert largest_coded_px(io.BytesIO(saved(mode, size))) == size[0] * size[1]


def test_the_size_of_a_sequence_is_found_within() -> None:
    content = saved("RGB", (90, 50), save_all=True, append_images=[Pillow.new("RGB", (90, 50))])
    assert largest_coded_px(io.BytesIO(content)) == 4500


@pytest.mark.parametrize("length", [0, 3, 40, 110, 180, 270])
def test_what_breaks_off_has_no_size(length: int) -> None:
    assert largest_coded_px(io.BytesIO(saved("RGB", (80, 60))[:length])) == 0


def test_a_picture_that_is_larger_than_its_container_says_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_limits, "_LITTLE_PX", 10_000)
    content = bytearray(saved("RGB", (800, 600)))
    path = tmp_path / "liar.avif"
    path.write_bytes(content)
    check_photo(path)
    struct.pack_into(">II", content, content.index(b"ispe") + 8, 80, 60)
    path.write_bytes(content)
    with pytest.raises(PhotoError, match=r"holds a larger picture, of 0 megapixels, than "):
        check_photo(path)
