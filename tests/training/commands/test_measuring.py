"""The commands that measure, on a model that says what it says at once."""

import errno
from pathlib import Path

import pytest

from core.estimation.model_card import read_card
from tests.training.made_up_faces import write_chips
from training.__main__ import main
from training.commands import measuring

EVALUATE = ("evaluate", "tiny", "--data", "UTKFace", "--card", "--json")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 40)


@pytest.mark.parametrize("command", [EVALUATE, ("benchmark", "age_cnn", "--data", "no", "--json")])
@pytest.mark.parametrize("file", ["gone/figures.json", "UTKFace"])
def test_where_figures_cannot_be_written_nothing_is_measured(
    model_folder: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], file: str
) -> None:
    assert main([*command, file]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"{Path(file)} cannot be read or written: ")
    assert not told.out


def test_the_card_has_its_figures_even_where_their_file_fails(
    model_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "figures.json")

    monkeypatch.setattr(measuring, "write_json", fail)
    assert main([*EVALUATE, "figures.json"]) == 1
    assert capsys.readouterr().err == (
        "figures.json cannot be read or written: No space left on device.\n"
    )
    assert read_card(model_folder).figures["n"] > 0
