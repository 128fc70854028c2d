"""TIFF as scanners and science write it: deep, in planes, in pages."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from core.errors import PhotoError
from core.sources.photo import load_photo
from tests.core.sources.builders import make_image, write_tiff

CASES = Path(__file__).parents[4] / "shared" / "cases" / "photo"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases")


def test_planes_of_sixteen_bits_become_colours(tmp_path: Path) -> None:
    image = make_image(40, 30, colour=(200, 120, 40), level=90)
    planes = image.transpose(2, 0, 1).astype(np.uint16) * 257
    assert np.array_equal(load_photo(write_tiff(tmp_path / "a.tif", planes)).image, image)


def test_planes_of_eight_bits_become_colours(tmp_path: Path) -> None:
    image = make_image(40, 30, colour=(200, 120, 40), level=90)
    path = write_tiff(tmp_path / "a.tif", image.transpose(2, 0, 1))
    assert np.array_equal(load_photo(path).image, image)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_white_may_be_zero(tmp_path: Path, kind: type[np.uint8 | np.uint16]) -> None:
    grey = np.empty((6, 10), kind)
    grey.ravel()[:] = np.linspace(0, np.iinfo(kind).max, 60)
    path = write_tiff(tmp_path / "a.tif", grey, PhotometricInterpretation=0)
    image = load_photo(path).image[..., 0]
    assert image[0, 0] == 255
    assert image[-1, -1] == 0
    assert (np.diff(image.ravel().astype(int)) < 0).all()


@pytest.mark.parametrize("compression", ["raw", "tiff_adobe_deflate", "tiff_lzw"])
@pytest.mark.parametrize("kind", ["big-endian", "transparent"])
def test_white_may_be_zero_in_files_that_pillow_does_not_know(
    tmp_path: Path, kind: str, compression: str
) -> None:
    grey = np.linspace(0, 255, 60).astype(np.uint8).reshape(6, 10)
    alpha = np.where(np.arange(60) < 50, 255, 0).astype(np.uint8).reshape(6, 10)
    if kind == "transparent":
        saved, shown = np.dstack([255 - grey, alpha]), np.where(alpha, grey, 255)
    else:
        saved, shown = (65535 - grey.astype(np.uint16) * 257).astype(">u2"), grey
    path = tmp_path / "a.tif"
    Pillow.fromarray(saved).save(path, compression=compression)
    content = path.read_bytes()
    order = ">" if content.startswith(b"MM") else "<"
    black, white = (struct.pack(order + "HHIH", 262, 3, 1, zero) for zero in (1, 0))
    assert content.count(black) == 1
    path.write_bytes(content.replace(black, white))
    assert np.array_equal(load_photo(path).image[..., 0], shown)


@pytest.mark.parametrize("zero", [0, 1])
def test_grey_of_32_bits_without_signs_keeps_its_order(tmp_path: Path, zero: int) -> None:
    grey = np.linspace(0, 2**32 - 1, 60).astype(np.uint32).reshape(6, 10)
    path = write_tiff(tmp_path / "a.tif", grey, PhotometricInterpretation=zero)
    shown = load_photo(path).image[..., 0].ravel().astype(int)
    assert shown.tolist() == sorted(shown, reverse=not zero)
    assert (min(shown), max(shown)) == (0, 255)


def test_of_several_pages_the_largest_is_read(tmp_path: Path) -> None:
    pages = [np.full((size, size), 2 * size, np.uint8) for size in (40, 90, 90, 60)]
    pages[2][:] = 7
    photo = load_photo(write_tiff(tmp_path / "pages.tif", *pages))
    assert photo.image.shape == (90, 90, 3)
    assert photo.image[0, 0, 0] == 180
    assert photo.note == "Page 2 of 4 was read: the largest, or the first of that size."


_TILE_WIDTH, _TILE_LENGTH = 322, 323
_LONG, _SIGNED_LONG_8 = 4, 17


@pytest.mark.parametrize(
    "sides",
    [
        [(_TILE_WIDTH, _LONG, 1, 32), (_TILE_WIDTH, _LONG, 1, 16), (_TILE_LENGTH, _LONG, 1, 16)],
        [(_TILE_WIDTH, _SIGNED_LONG_8, 1, 500), (_TILE_LENGTH, _SIGNED_LONG_8, 1, 500)],
        # A tag that the file is too short for: Pillow reads nothing behind it.
        [(320, _LONG, 9000, 500), (_TILE_WIDTH, _LONG, 1, 32), (_TILE_LENGTH, _LONG, 1, 32)],
    ],
)
def test_tiles_that_pillow_sees_otherwise_than_libtiff_are_refused(
    tmp_path: Path, sides: list[tuple[int, int, int, int]]
) -> None:
    tile = zlib.compress(bytes(32 * 32))
    tags = [(256, _LONG, 1, 8), (257, _LONG, 1, 8), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1)]
    tags += [*sides, (324, _LONG, 1, 600), (325, _LONG, 1, len(tile))]
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
    content = bytearray((b"II*\0\x08\0\0\0" + directory).ljust(600, b"\0") + tile)
    struct.pack_into("<q", content, 500, 32)
    path = tmp_path / "tiles.tif"
    path.write_bytes(content)
    with pytest.raises(PhotoError, match="damaged or incomplete"):
        load_photo(path)


def test_a_single_page_has_no_note(tmp_path: Path) -> None:
    assert load_photo(write_tiff(tmp_path / "a.tif", np.full((50, 50), 99, np.uint8))).note is None


def test_a_smaller_copy_is_no_page(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "a.tif", *(np.full((s, s), 99, np.uint8) for s in (90, 40)))
    content = path.read_bytes()
    # The last page takes a tag that says what it is in the place of one that it can spare.
    spare, subfile = b"\x1c\x01\x04\0\1\0\0\0\1\0\0\0", b"\xfe\x00\x04\0\1\0\0\0\1\0\0\0"
    head, _, tail = content.rpartition(spare)
    path.write_bytes(head + subfile + tail)
    photo = load_photo(path)
    assert (photo.width_px, photo.note) == (90, None)


def test_pages_without_end_are_read_to_a_limit(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "a.tif", *(np.zeros((2, 2), np.uint8) for _ in range(200)))
    assert (load_photo(path).note or "").startswith("Page 1 of 64 or more was read")


@pytest.mark.parametrize("name", ["white_is_zero_16_bit.tif", "planar_16_bit.tif"])
@needs_cases
def test_deep_files_show_what_their_twins_show(name: str) -> None:
    grey = [
        np.asarray(Pillow.fromarray(load_photo(CASES / one).image).convert("L"), np.float32)
        for one in (name, "white_is_zero_8_bit.tif")
    ]
    assert np.corrcoef(grey[0].ravel(), grey[1].ravel())[0, 1] > 0.99
    assert abs(grey[0] - grey[1]).mean() < 8


@needs_cases
def test_behind_a_thumbnail_the_picture_is_found() -> None:
    photo = load_photo(CASES / "thumbnail_first.tif")
    assert photo.width_px > 40
    assert (photo.note or "").startswith("Page 2 of 2 was read")
