"""The packaged app keeps to itself as the checkout does; `packaging/build.py` makes it."""

import os
from pathlib import Path

import cv2
import pytest

import contents
from core import paths
from core.commands.window_probe import REPORT_VARIABLE
from tests.sealed.sealed_run import run_sealed, why_not
from tests.sealed.test_ways_of_use import assert_kept_to_itself

PROGRAM = contents.APP_DIR / "visage"

pytestmark = [
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
    pytest.mark.skipif(not os.access(PROGRAM, os.X_OK), reason="dist/visage is not built"),
]


def test_its_self_check(tmp_path: Path) -> None:
    sealed = run_sealed([PROGRAM, "self-check"], tmp_path)
    assert_kept_to_itself(sealed)
    assert "ok    window" in sealed.output
    assert "ok    recording: 30 frames in VP9" in sealed.output


def record_sample(path: Path, kind: str) -> Path:
    """The sample clip's first second in another format."""
    clip = cv2.VideoCapture(str(paths.sample_clip()))
    images = [clip.read()[1] for _ in range(25)]
    height, width = images[0].shape[:2]
    code = cv2.VideoWriter.fourcc(*kind)
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, code, 25, (width, height))
    assert writer.isOpened()
    for image in images:
        writer.write(image)
    writer.release()
    return path


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("VP80", "webm"), ("VP90", "webm"), ("mp4v", "mp4"), ("MJPG", "avi"), ("FFV1", "mkv")],
)
def test_a_video_that_needs_none_of_the_libraries_left_out(
    kind: str, suffix: str, tmp_path: Path
) -> None:
    video = record_sample(tmp_path / f"video.{suffix}", kind)
    sealed = run_sealed([PROGRAM, "--source", video], tmp_path / "sealed", **{REPORT_VARIABLE: "1"})
    assert_kept_to_itself(sealed)
    assert "first_overlay_ms" in sealed.output


def test_labelling_a_photo(tmp_path: Path) -> None:
    table = tmp_path / "faces.csv"
    sealed = run_sealed([PROGRAM, "label", paths.sample_photo(), "--csv", table], tmp_path)
    assert_kept_to_itself(sealed)
    assert len(table.read_text(encoding="utf-8-sig").splitlines()) == 3
