import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.estimation.model_card import read_card, write_card
from tests.model_folders import make_card
from tests.training.tiny_model import TINY
from training.learning.run_dir import Epoch, RunDir
from training.measuring.run_record import record_run


class RunOfThreeEpochs(RunDir):
    def read_history(self) -> list[Epoch]:
        rows = [(3.0, 9.0), (2.0, 7.0), (2.5, 6.0)]
        return [
            Epoch(
                {
                    "loss": loss / 2,
                    "val_loss": loss,
                    "age_output_loss": loss / 3,
                    "age_output_mae": mae / 3,
                    "val_age_output_mae": mae,
                },
                learning_rate=0.00012345,
                seconds=1800.04,
            )
            for loss, mae in rows
        ]


def test_a_record_holds_how_a_run_went_and_a_card_gives_it_back(tmp_path: Path) -> None:
    run = RunOfThreeEpochs(tmp_path / "run")
    run.path.mkdir()
    (run.path / "config.json").write_text(json.dumps(TINY.described()))
    run.note_machine()
    run.log("runs/x: 17068 chips to learn from")
    record = record_run(run)
    assert (record["preset"], record["precision"]) == ("report", "float32")
    assert (record["epochs"], record["kept_epoch"], record["hours"]) == (3, 2, 1.5)
    assert "cores" in record["hardware"]
    assert record["history"] == {
        "loss": [1.5, 1.0, 1.25],
        "val_loss": [3.0, 2.0, 2.5],
        "age_mae": [3.0, 2.3333, 2.0],
        "val_age_mae": [9.0, 7.0, 6.0],
        "learning_rate": [0.000123] * 3,
        "seconds": [1800.0] * 3,
    }
    write_card(replace(make_card("kept"), learning=record), tmp_path)
    assert read_card(tmp_path).learning == record
    text = (tmp_path / "card.json").read_text(encoding="utf-8")
    assert '"loss": [1.5, 1.0, 1.25]' in text, "a curve takes one line"


def test_a_mean_of_runs_names_them_instead_of_epochs(tmp_path: Path) -> None:
    run = RunDir(tmp_path / "mean")
    run.start({**TINY.described(), "average_of": ["runs/a", "runs/b"]})
    record = record_run(run)
    assert record["average_of"] == ["runs/a", "runs/b"]
    assert not {"history", "epochs", "hours"} & set(record)
    assert record["hardware"] == ""


@pytest.mark.parametrize("line", ["", "2026  Python 3.11 keras 3  Linux  2 cores  cpu:0\n"])
def test_the_hardware_is_read_from_the_log(tmp_path: Path, line: str) -> None:
    (tmp_path / "log.txt").write_text(f"a run  of  five  fields  here\n{line}", encoding="utf-8")
    assert RunDir(tmp_path).read_hardware() == ("2 cores, cpu:0" if line else "")
