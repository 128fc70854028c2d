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


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def moved_by(content: bytes, at: int, filling: bytes) -> bytes:
    """An AVIF of one picture with a filling before what is coded."""
    begin, length = place_of(content)
    moved = bytearray(content[:at] + filling + content[at:])
    struct.pack_into(">II", moved, _places_at(bytes(moved)) + 14, begin + len(filling), length)
    return bytes(moved)


def place_of(content: bytes) -> tuple[int, int]:
    """Where the picture lies that Pillow coded, and how long it is."""
    begin, length = struct.unpack_from(">II", content, _places_at(content) + 14)
    return begin, length


def _places_at(content: bytes) -> int:
    """Where the content of the table of places begins."""
    return content.rindex(b"iloc\0\0\0\0\x44\0") + 4


def with_places(table: bytes, coded: bytes = b"") -> bytes:
    """An AVIF with another table of places, and `coded` at its end."""
    content = saved("RGB", (80, 60))
    begin = _places_at(content) - 8
    end = begin + int.from_bytes(content[begin : begin + 4])
    meta = content.index(b"meta") - 4
    meta_end = meta + int.from_bytes(content[meta : meta + 4])
    changed = content[meta + 8 : begin] + box(b"iloc", table) + content[end:meta_end]
    return content[:meta] + box(b"meta", changed) + content[meta_end:] + coded


@pytest.mark.parametrize("size", [(1, 1), (80, 60), (5000, 30), (333, 1001)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_size_is_found_within(mode: str, size: tuple[int, int]) -> None:
    assert largest_coded_px(io.BytesIO(saved(mode, size))) == size[0] * size[1]


def test_the_size_of_a_sequence_is_found_within() -> None:
    content = saved("RGB", (90, 50), save_all=True, append_images=[Pillow.new("RGB", (90, 50))])
    assert largest_coded_px(io.BytesIO(content)) == 4500


@pytest.mark.parametrize("length", [0, 3, 40, 180, 270])
def test_what_breaks_off_has_no_size(length: int) -> None:
    assert largest_coded_px(io.BytesIO(saved("RGB", (80, 60))[:length])) == 0


def test_a_table_that_breaks_off_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="breaks off"):
        largest_coded_px(io.BytesIO(saved("RGB", (80, 60))[:110]))


@pytest.mark.parametrize("head", [b"", b"\0\0\0\0moov"])
def test_more_boxes_than_any_picture_has_make_no_sense(head: bytes) -> None:
    content = saved("RGB", (80, 60)) + head + box(b"free", b"") * 20_000
    with pytest.raises(ValueError, match="more boxes"):
        largest_coded_px(io.BytesIO(content))


def test_two_lists_of_items_make_no_sense() -> None:
    content = saved("RGB", (80, 60))
    at = content.index(b"iinf") - 4
    of_items = content[at : at + int.from_bytes(content[at : at + 4])]
    begin = content.index(b"meta") - 4
    size = struct.pack(">I", int.from_bytes(content[begin : begin + 4]) + len(of_items))
    twice = content[:begin] + size + content[begin + 4 : at] + of_items + content[at:]
    with pytest.raises(ValueError, match="more than one list"):
        largest_coded_px(io.BytesIO(twice))


def test_what_looks_like_a_table_of_places_hides_no_picture() -> None:
    content = saved("RGB", (80, 60))
    head_bytes = int.from_bytes(content[:4])
    decoy = box(b"free", b"iloc" + bytes(60))
    for filling in (decoy, box(b"free", bytes(1_100_000))):
        moved = moved_by(content, head_bytes, filling)
        assert Pillow.open(io.BytesIO(moved)).getpixel((0, 0)) == (0, 0, 0)
        assert largest_coded_px(io.BytesIO(moved)) == 4800


def test_the_table_of_places_of_a_still_picture_hides_no_sequence() -> None:
    content = saved("RGB", (90, 50), save_all=True, append_images=[Pillow.new("RGB", (90, 50))])
    hidden = content.replace(b"iloc", b"none")
    assert Pillow.open(io.BytesIO(hidden)).getpixel((0, 0)) == (0, 0, 0)
    assert largest_coded_px(io.BytesIO(hidden)) == 4500


def test_a_picture_in_pieces_and_behind_padding_is_found() -> None:
    content = saved("RGB", (80, 60))
    begin, length = place_of(content)
    coded = content[begin : begin + length]
    padding = bytes([15 << 3 | 2, 0xE8, 7]) + bytes(1000)
    pieces = [(padding + coded[:3]).ljust(2000, b"\xff"), coded[3:]]
    coded_at = len(with_places(bytes(30)))
    table = struct.pack(">4xHHHHH", 0x4400, 1, 1, 0, 2)
    table += struct.pack(">II", coded_at, len(padding) + 3)
    table += struct.pack(">II", coded_at + 2000, len(pieces[1]))
    whole = with_places(table, b"".join(pieces))
    assert Pillow.open(io.BytesIO(whole)).getpixel((0, 0)) == (0, 0, 0)
    assert largest_coded_px(io.BytesIO(whole)) == 4800


def test_a_table_of_more_extents_than_any_is_a_sentence_before_a_decoder_reads_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "extents.avif"
    path.write_bytes(
        with_places(struct.pack(">4xHH", 0, 40) + struct.pack(">HHH", 9, 0, 65535) * 40)
    )
    with pytest.raises(PhotoError, match="is damaged"):
        check_photo(path)


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
