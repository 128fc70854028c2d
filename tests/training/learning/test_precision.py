import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.training.made_up_faces import write_chips
from tests.training.tiny_model import TINY
from training.__main__ import main
from training.learning import precision
from training.learning.precision import choose_precision, resolve_precision


@pytest.mark.parametrize(
    ("float32", "bfloat16", "chosen"),
    [(8.8, 7.3, "float32"), (8.8, 9.0, "float32"), (4.8, 21.7, "mixed_bfloat16")],
)
def test_a_format_that_rounds_is_taken_only_where_it_is_clearly_faster(
    float32: float, bfloat16: float, chosen: str
) -> None:
    assert choose_precision({"float32": float32, "mixed_bfloat16": bfloat16}) == chosen


def test_the_probe_times_each_format_and_says_what_it_found() -> None:
    config, why = resolve_precision(replace(TINY, precision="auto", teachers=("somewhere",)))
    assert config.teachers == ("somewhere",)
    assert config.precision in precision.PRECISIONS
    assert why.startswith(f"{config.precision}: float32 ")
    assert "mixed_bfloat16" in why
    assert resolve_precision(TINY) == (TINY, "")


@pytest.mark.slow
def test_a_run_keeps_the_precision_that_it_began_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 60)
    options = "--preset report --data UTKFace --size 64 --run run --epochs"
    train = ["train", "age_cnn", *options.split()]
    monkeypatch.setattr(precision, "choose_precision", lambda speeds: "mixed_bfloat16")
    assert main([*train, "1"]) == 0
    assert "Precision mixed_bfloat16: float32 " in Path("run/log.txt").read_text()
    monkeypatch.setattr(precision, "choose_precision", lambda speeds: "float32")
    assert main([*train, "2"]) == 0
    assert Path("run/log.txt").read_text().count("Precision") == 1
    assert json.loads(Path("run/config.json").read_text())["precision"] == "mixed_bfloat16"
    assert main([*train, "3", "--precision", "float32"]) == 1
    assert "other settings" in capsys.readouterr().err
