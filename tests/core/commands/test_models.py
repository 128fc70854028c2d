import json
from pathlib import Path

import pytest

from core.commands import models
from core.errors import ModelError
from core.estimation.model_card import CARD_FILE, ONNX_FILE
from tests.model_folders import make_model_folder


def test_lists_every_model_with_its_figures_as_json(
    models_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_model_folder(models_root, "alpha")
    make_model_folder(models_root, "visage", figures={"age_mae_years": 4.2})
    assert models.run(as_json=True) == 0
    alpha, visage = json.loads(capsys.readouterr().out)
    assert (alpha["name"], alpha["is_default"]) == ("alpha", False)
    assert (visage["name"], visage["is_default"]) == ("visage", True)
    assert visage["figures"] == {"age_mae_years": 4.2}
    assert visage["path"] == str(models_root / "visage")
    assert list(visage["sha256"]) == [ONNX_FILE]


def test_lists_them_in_words(model_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert models.run(as_json=False) == 0
    output = capsys.readouterr().out
    assert output.startswith("tiny (default): A tiny model\n")
    assert "estimates: age and gender" in output
    assert "not measured" in output


def test_a_broken_card_is_told_once(model_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = make_model_folder(model_folder.parent, "broken")
    (broken / CARD_FILE).write_text("{", encoding="utf-8")
    assert models.run(as_json=False) == 0
    assert len(caplog.messages) == 1
    assert "broken/card.json cannot be understood" in caplog.text.replace("\\", "/")


def test_figures_are_short_in_words(models_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = {"n": 2134, "age_mae": 7.211132, "bands": {"0-9": 3.0}}
    make_model_folder(models_root, "alpha", figures=figures)
    models.run(as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert "  n: 2134" in lines
    assert "  age_mae: 7.211" in lines
    assert not any("bands" in line for line in lines)


def test_no_model_is_an_empty_list_and_a_failure(
    models_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert models.run(as_json=True) == 1
    assert json.loads(capsys.readouterr().out) == []
    with pytest.raises(ModelError, match="No model is installed"):
        models.run(as_json=False)
