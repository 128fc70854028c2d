"""How finely a JPEG 2000 is cut counts, wherever in the file that is said."""

import io
import struct
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL import Jpeg2KImagePlugin

from core.sources.jpeg_2000 import count_pieces

SIZE = (640, 480)
FINE = 640 * 480 // 16
STYLE = b"\xff\x52\x00\x0c"


def saved(**options: Any) -> bytes:
    stream = io.BytesIO()
    Pillow.new("RGB", SIZE).save(stream, "JPEG2000", **options)
    return stream.getvalue()


def counted(content: bytes) -> int:
    picture = Pillow.open(io.BytesIO(content))
    assert isinstance(picture, Jpeg2KImagePlugin.Jpeg2KImageFile)
    return count_pieces(picture)


def with_box_before(content: bytes, filling: bytes) -> bytes:
    at = content.index(b"jp2c") - 4
    return content[:at] + struct.pack(">I4s", 8 + len(filling), b"free") + filling + content[at:]


@pytest.mark.parametrize("options", [{}, {"no_jp2": True}, {"tile_size": (64, 64)}])
def test_blocks_are_counted(options: dict[str, Any]) -> None:
    assert counted(saved(**options)) == 640 * 480 // 64**2
    assert counted(saved(codeblock_size=(4, 4), **options)) == FINE


@pytest.mark.parametrize("filling", [bytes(5000), STYLE + bytes([0, 0, 0, 1, 0, 5, 4, 4, 0, 1])])
def test_what_lies_before_hides_nothing(filling: bytes) -> None:
    assert counted(with_box_before(saved(codeblock_size=(4, 4)), filling)) == FINE


def test_a_file_that_breaks_off_is_counted() -> None:
    assert counted(saved(codeblock_size=(4, 4))[:-40]) == FINE


def test_a_colour_or_a_tile_that_is_cut_more_finely_counts() -> None:
    content = saved()
    fine = bytes([5, 0, 0, 0, 1])
    of_colour = b"\xff\x53" + struct.pack(">HBB", 9, 0, 0) + fine
    for marker in (b"\xff\x64", b"\xff\x93"):  # a comment in the head; the data of a tile
        assert counted(content.replace(marker, of_colour + marker, 1)) == FINE


@pytest.mark.parametrize("colours", [5, 300])
def test_more_colours_than_any_picture_has_make_no_sense(colours: int) -> None:
    content = bytearray(saved())
    struct.pack_into(">H", content, content.index(b"\xff\x51") + 38, colours)
    with pytest.raises(ValueError, match="more colours"):
        counted(bytes(content))
