"""A disk that is full while a text file is written."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.estimation.model_card import CARD_FILE, read_card, write_card
from core.whole_text import write_whole_text
from tests.model_folders import make_model_folder


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fsync(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)


def test_a_text_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    for text in ("older", "newer"):
        write_whole_text(file, text)
    assert file.read_text(encoding="utf-8") == "newer"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.usefixtures("full_disk")
def test_on_a_full_disk_the_older_text_stays_and_the_error_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("older", encoding="utf-8")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as raised:
        write_whole_text(file, "newer")
    assert raised.value.filename == str(file)
    assert file.read_text(encoding="utf-8") == "older"
    assert list(tmp_path.iterdir()) == [file]


def test_on_a_full_disk_a_model_keeps_its_card(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = make_model_folder(tmp_path, "tiny")
    card = read_card(folder)
    request.getfixturevalue("full_disk")
    with pytest.raises(OSError, match=CARD_FILE):
        write_card(replace(card, title="Another"), folder)
    assert read_card(folder) == card
