"""Damaged videos: `python -m tests.hostile.videos 17 FOLDER` writes that of a number."""

import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core import paths
from core.errors import SourceError
from core.sources.video_file import VideoFileSource
from tests.core.sources.builders import write_video
from tests.hostile.mutation import mutated, mutated_files

_CODECS = {
    "plain.mp4": "mp4v",
    "plain.mov": "mp4v",
    "plain.avi": "MJPG",
    "packed.avi": "XVID",
    "plain.mkv": "mp4v",
    "plain.webm": "VP80",
    "plain.flv": "FLV1",
    "plain.ts": "mp4v",
    "plain.wmv": "WMV2",
}
_SAMPLE_BYTES = 150_000


@cache
def seeds() -> dict[str, bytes]:
    """Short videos by name, and the beginning of the sample."""
    files = {}
    with TemporaryDirectory() as folder:
        for name, codec in _CODECS.items():
            files[name] = write_video(Path(folder, name), 12, codec=codec).read_bytes()
    return files | {"sample.mp4": paths.sample_clip().read_bytes()[:_SAMPLE_BYTES]}


def read_mutated(first: int, count: int) -> None:
    """Play so many damaged videos, in a child; each plays, or is a sentence."""
    for path in mutated_files(seeds(), first, count):
        play(path)


def play(path: Path) -> None:
    """Play a video to its end, seek, and say what came of it; the name is said first."""
    print(path.name, end=" ", flush=True)
    begun_s = time.perf_counter()
    outcome = "video"
    try:
        with VideoFileSource(path) as source:
            while (frame := source.read()) is not None:
                assert frame.time_s >= 0
            if source.is_seekable:
                source.seek((source.duration_s or 0) / 2)
                source.read()
    except SourceError as error:
        assert path.name in str(error), error
        outcome = "sentence"
    print(outcome, f"{time.perf_counter() - begun_s:.2f}", flush=True)


if __name__ == "__main__":
    written_name, written = mutated(seeds(), int(sys.argv[1]))
    Path(sys.argv[2], written_name).write_bytes(written)
