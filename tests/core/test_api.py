import doctest
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import api, paths
from core.api import ModelError, PhotoError, SourceError, Visage
from core.assembly import make_pipeline
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.sources.photo import read_photo
from core.sources.source_choice import make_source

FRAMES = 20


@pytest.fixture
def visage() -> Iterator[Visage]:
    with Visage() as opened:
        yield opened


def test_the_examples_in_its_documentation_run() -> None:
    result = doctest.testmod(api)
    assert result.attempted > 5
    assert result.failed == 0


def test_the_example_in_the_readme_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = paths.install_dir()
    example = re.search(
        r"^```python\n(.*?)^```", (root / "README.md").read_text("utf-8"), re.M | re.S
    )
    assert example is not None
    monkeypatch.chdir(root)
    exec(example[1], {})
    assert re.fullmatch(r"(female \d\d\n){2}", capsys.readouterr().out)


def test_its_public_names_are_documented_and_there() -> None:
    assert all(getattr(api, name) for name in api.__all__)
    assert {name for name in vars(Visage) if not name.startswith("_")} == {
        "photo", "folder", "frames", "close",
    }  # fmt: skip


def test_pixels_are_answered_like_their_file(visage: Visage) -> None:
    pixels = read_photo(paths.sample_photo()).image
    file = visage.photo(str(paths.sample_photo()))
    assert visage.photo(pixels).faces == file.faces
    assert visage.photo(pixels).path is None


def test_frames_are_answered_as_the_window_answers_them(visage: Visage) -> None:
    with make_source("sample") as clip:
        frames = list(islice(iter(clip.read, None), FRAMES))
    window = make_pipeline(SourceKind.VIDEO, None, Settings())
    shown = [window.process(frame).faces for frame in frames]
    window.close()
    boxes = [[face.box for face in faces] for faces in shown]
    for results in (visage.frames("sample"), visage.frames(frames)):
        told = [result.faces for result in islice(results, FRAMES)]
        assert [[face.box for face in faces] for faces in told] == boxes
    rate_hz = 1 / (frames[1].time_s - frames[0].time_s)
    plain = visage.frames((frame.image for frame in frames), rate_hz)
    assert [[face.box for face in result.faces] for result in plain] == boxes


def test_a_folder_gives_each_photo_and_a_sentence_for_a_broken_one(
    visage: Visage, tmp_path: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(paths.sample_photo().read_bytes())
    (tmp_path / "b.jpg").write_bytes(b"no picture")
    (tmp_path / "notes.txt").write_text("no photo")
    good, broken = visage.folder(tmp_path)
    assert (good.path, len(good.faces), good.error) == (tmp_path / "a.jpg", 2, None)
    assert broken.path == tmp_path / "b.jpg"
    assert broken.error is not None


def test_expected_trouble_is_an_error_with_a_sentence(visage: Visage, tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="does not exist"):
        visage.photo(tmp_path / "gone.jpg")
    with pytest.raises(SourceError, match="is no folder"):
        visage.folder(tmp_path / "gone")
    with pytest.raises(SourceError, match="is a photo"):
        next(visage.frames(paths.sample_photo()))
    with pytest.raises(ModelError, match="no model called nobody"):
        Visage("nobody")


def test_what_names_or_is_nothing_is_refused_at_the_door(visage: Visage) -> None:
    wrong: Any = {}
    with pytest.raises(TypeError, match=r"Settings are made by Settings\(…\), not {}"):
        Visage(settings=wrong)
    with pytest.raises(SourceError, match="An empty name is no folder"):
        visage.folder("")
    with pytest.raises(PhotoError, match="An empty name is no photo"):
        visage.photo("")
    for thing in (5, [[0]], b"x"):
        wrong = [thing]
        with pytest.raises(ValueError, match="uint8 array of shape"):
            next(visage.frames(wrong))


@pytest.mark.parametrize(
    "pixels",
    [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32), np.zeros((0, 4, 3), np.uint8)],
)
def test_an_array_that_is_no_picture_is_told(visage: Visage, pixels: api.Image) -> None:
    with pytest.raises(ValueError, match="uint8 array of shape"):
        visage.photo(pixels)
    with pytest.raises(ValueError, match="uint8 array of shape"):
        next(visage.frames([pixels]))


@pytest.mark.parametrize("rate_hz", [0, -5, float("nan"), float("inf")])
def test_a_frame_rate_that_is_none_is_told(visage: Visage, rate_hz: float) -> None:
    with pytest.raises(ValueError, match="A frame rate is above 0 Hz, not"):
        next(visage.frames([np.zeros((40, 40, 3), np.uint8)], rate_hz))


def test_a_closed_door_opens_again(visage: Visage) -> None:
    visage.close()
    assert len(visage.photo(paths.sample_photo()).faces) == 2
