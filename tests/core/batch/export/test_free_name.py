import os
from pathlib import Path

import pytest

from core.batch.export.free_name import FreeNames, free_path


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    (tmp_path / "a (2).jpg").mkdir()
    assert free_path(tmp_path, "a.jpg") == tmp_path / "a (3).jpg"
    assert free_path(tmp_path, "b.jpg") == tmp_path / "b.jpg"


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_a_link_that_leads_nowhere_takes_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").symlink_to(tmp_path / "gone")
    assert free_path(tmp_path, "a.jpg") == tmp_path / "a (2).jpg"


@pytest.mark.parametrize("stem", ["x" * 249, "é" * 124 + "x"])
def test_a_name_without_room_for_a_number_is_shortened_before_its_suffix(
    tmp_path: Path, stem: str
) -> None:
    (tmp_path / f"{stem}.jpg").touch()
    path = free_path(tmp_path, f"{stem}.jpg")
    path.touch()
    assert path.name.endswith(" (2).jpg")
    assert stem.startswith(path.name.removesuffix(" (2).jpg"))


def test_a_name_that_became_too_long_by_its_suffix_is_shortened(tmp_path: Path) -> None:
    free_path(tmp_path, "x" * 255 + ".jpg").touch()
    assert [path.name for path in tmp_path.iterdir()] == ["x" * 251 + ".jpg"]


def test_where_nobody_may_look_a_name_counts_as_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: object, **_options: bool) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "lstat", refuse)
    monkeypatch.setattr(os, "stat", refuse)
    assert free_path(tmp_path, "a.jpg") == tmp_path / "a.jpg"


def test_many_equal_names_cost_a_look_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, look = [], os.path.lexists

    def count_look(path: Path) -> bool:
        looks.append(path)
        return look(path)

    monkeypatch.setattr(os.path, "lexists", count_look)
    names = FreeNames()
    for _ in range(100):
        path = names.claim(tmp_path, "0001.jpg", lambda _path: False)
        assert path is not None
        path.touch()
    assert len(looks) == len(list(tmp_path.iterdir())) == 100
