"""The length in the header of an MP4 file."""

from pathlib import Path

import pytest

from core.sources.mp4_header import movie_duration_s
from tests.core.sources.builders import write_photo, write_video

OLD = bytes(12) + (600).to_bytes(4, "big") + (1500).to_bytes(4, "big")
LONG = bytes([1]) + bytes(19) + (600).to_bytes(4, "big") + (1500).to_bytes(8, "big")
UNKNOWN = bytes(12) + (600).to_bytes(4, "big") + bytes(4)


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def large_box(kind: bytes, content: bytes) -> bytes:
    return (1).to_bytes(4, "big") + kind + (16 + len(content)).to_bytes(8, "big") + content


def last_box(kind: bytes, content: bytes) -> bytes:
    return bytes(4) + kind + content


@pytest.mark.parametrize(
    ("content", "duration_s"),
    [
        (box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", OLD)), 2.5),
        (large_box(b"mdat", bytes(50)) + box(b"moov", box(b"mvhd", LONG)), 2.5),
        (last_box(b"moov", box(b"udta", b"") + box(b"mvhd", OLD)), 2.5),
        (box(b"moov", box(b"mvhd", UNKNOWN)), None),
        (box(b"moov", box(b"mvhd", OLD))[:30], None),
        (box(b"moov", b"") + box(b"mvhd", OLD), None),
        ((3).to_bytes(4, "big") + b"free" + bytes(90), None),
        (b"", None),
        (box(b"moov", box(b"free", b"") * 30_000 + box(b"mvhd", OLD)), None),
    ],
    ids=[
        *("as usual", "after 64 bits of size", "to the end of the file"),
        *("not known", "cut off", "not within", "nonsense", "empty", "behind a sea of boxes"),
    ],
)
def test_the_length_is_found_in_whole_headers(
    tmp_path: Path, content: bytes, duration_s: float | None
) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    assert movie_duration_s(path) == duration_s


def test_a_written_video_says_its_length(tmp_path: Path) -> None:
    assert movie_duration_s(write_video(tmp_path / "clip.mp4")) == pytest.approx(0.4)
    assert movie_duration_s(write_video(tmp_path / "clip.avi")) is None


def test_what_is_no_video_or_not_there_says_none(tmp_path: Path) -> None:
    assert movie_duration_s(write_photo(tmp_path / "photo.jpg")) is None
    assert movie_duration_s(tmp_path / "gone.mp4") is None
