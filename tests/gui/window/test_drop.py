from pathlib import Path

import pytest

from gui.window.drop import DropError, dropped_paths, is_batch
from tests.gui.drops import files


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("a.jpg", "a.mp4", "b.mp4", "a.txt", "b.txt"):
        (tmp_path / name).write_text("text" if name.endswith("txt") else "")
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.jpg"], False),
        (["a.mp4"], False),
        (["folder"], True),
        (["a.txt", "a.jpg"], True),
        (["a.txt", "a.mp4", "folder"], True),
        (["a.mp4", "b.mp4"], True),
        (["a.mp4", "a.txt"], True),
    ],
)
def test_one_photo_or_video_is_looked_at_and_the_rest_is_a_batch(
    place: Path, names: list[str], expected: bool
) -> None:
    paths = dropped_paths(files(place / name for name in names))
    assert [path.name for path in paths] == names
    assert is_batch(paths) is expected


def test_what_the_system_says_nothing_about_is_left_for_core_to_say(place: Path) -> None:
    paths = dropped_paths(files([place / f"{'x' * 300}.jpg"]))
    assert not is_batch(paths)


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["a.txt"], "a.txt is neither a photo, a video nor a folder."),
        (["a.txt", "b.txt"], "None of these 2 files is a photo, a video or a folder."),
    ],
)
def test_a_drop_without_photos_is_a_sentence(place: Path, names: list[str], sentence: str) -> None:
    with pytest.raises(DropError) as refusal:
        dropped_paths(files(place / name for name in names))
    assert str(refusal.value) == sentence
