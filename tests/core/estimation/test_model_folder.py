import json
import math
import os
from pathlib import Path

import pytest

from core import paths
from core.errors import ModelError
from core.estimation.model_card import CARD_FILE, KERAS_FILE, ONNX_FILE
from core.estimation.model_folder import find_model, find_models
from tests.model_folders import make_model_folder


def names() -> list[str]:
    return [model.card.name for model in find_models()]


def age_range(columns: str, values: list[float]) -> dict[str, object]:
    """An age output whose range has these values at its lower end."""
    range_ = {"age_years": [40], f"low_{columns}": values, f"high_{columns}": [0.9]}
    return {"kind": "distribution", "range": range_}


def test_finds_bundled_models_before_the_users(models_root: Path) -> None:
    make_model_folder(paths.user_models_dir(), "alpha")
    make_model_folder(models_root, "zulu")
    assert names() == ["zulu", "alpha"]


def test_a_broken_card_is_logged_and_disturbs_nothing(
    model_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = make_model_folder(model_folder.parent, "broken")
    (broken / CARD_FILE).write_text("{", encoding="utf-8")
    assert names() == ["tiny"]
    assert str(broken / CARD_FILE) in caplog.text


@pytest.mark.parametrize(
    "changes",
    [
        {"age": [1]},
        {"age": "years"},
        {"age": {"kind": "years", "range": [1, 2]}},
        {"age": {"kind": "guess"}},
        {
            "age": {
                "kind": "years",
                "range": {
                    "age_years": [1, 2],
                    "low_offset_years": [-1],
                    "high_offset_years": [1, 2],
                },
            }
        },
        {"sha256": None},
        {"sha256": {"model.onnx": 7}},
        {"sha256": {"../model.onnx": "00"}},
        {"sha256": {"/model.onnx": "00"}},
        {"sha256": {"C:model.onnx": "00"}},
        {"name": "../tiny"},
        {"name": ""},
        {"name": ".."},
        {"name": "a" * 256},
        {"name": "a\x1b]0;b"},
        {"name": "<CON>?*|"},
        {"name": "trail."},
        {"name": "trail "},
        {"name": "nul"},
        {"name": "Com1.model"},
        {"name": "é" * 128},
        {"input_size_px": "128"},
        {"input_size_px": True},
        {"input_size_px": -5},
        {"input_size_px": 10_000_000},
        {"age": {"kind": "distribution", "first_year": math.inf}},
        {"age": {"kind": "distribution", "first_year": 10**30}},
        {"age": {"kind": "distribution", "first_year": 0.5}},
        {"age": age_range("offset_years", [math.nan])},
        {"age": age_range("offset_years", [math.inf])},
        pytest.param({"age": age_range("offset_years", [10**400])}, id="a huge number"),
        {"age": age_range("level", [1.5])},
        {"figures": None},
        {"title": 5},
        {"colour": "blue"},
    ],
    ids=str,
)
def test_a_card_with_nonsense_in_it_is_logged_and_disturbs_nothing(
    changes: dict[str, object], model_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    card = make_model_folder(model_folder.parent, "broken") / CARD_FILE
    values = json.loads(card.read_text(encoding="utf-8"))
    card.write_text(json.dumps({**values, **changes}), encoding="utf-8")
    assert names() == ["tiny"]
    assert "cannot be understood" in caplog.text


@pytest.mark.parametrize("name", ["con_fused", "console", "com10", "Älteres Modell v1.5", "a..b"])
def test_a_name_that_a_folder_may_have_everywhere_is_a_models_name(
    name: str, models_root: Path
) -> None:
    make_model_folder(models_root, name)
    assert names() == [name]


def test_figures_of_another_kind_than_their_name_says_are_left_out(models_root: Path) -> None:
    curve = {"false_positive_rate": [0, 1], "true_positive_rate": [0, 1]}
    make_model_folder(
        models_root,
        "odd",
        figures={
            "n": 3,
            "age_mae": "four",
            "age_bias": math.nan,
            "age_rmse": 10**40,
            "gender_accuracy": None,
            "gender_accuracy_13plus": 0.9,
            "by_age_band": {"0-2": {"age_mae": math.inf, "n": 3}, "3-9": [1]},
            "by_race": {"0": {"age_mae": math.nan, "n": 1}},
            "aggregates": {
                "age_errors": ["1"],
                "roc": {"false_positive_rate": [0, 1], "true_positive_rate": [0]},
                "genders": [[1, 2]],
            },
            "measured_on": {"UTKFace": {"part": "test", "n": 3}},
        },
        learning={"history": {"age_mae": 5, "val_age_mae": [], "loss": [2.0]}, "hours": math.nan},
        collections={"UTKFace": 5},
    )
    make_model_folder(models_root, "odder", figures={"by_age_band": [1], "aggregates": 5})
    make_model_folder(models_root, "sound", figures={"aggregates": {"roc": curve}})
    odd, odder, sound = (model.card for model in find_models())
    assert odd.figures == {
        "n": 3,
        "gender_accuracy_13plus": 0.9,
        "by_age_band": {"0-2": {"n": 3}},
        "by_race": {"0": {"n": 1}},
        "aggregates": {"genders": [[1, 2]]},
        "measured_on": {"UTKFace": {"part": "test", "n": 3}},
    }
    assert odd.learning == {"history": {"loss": [2.0]}}
    assert odd.collections == {}
    assert odder.figures == {}
    assert sound.figures == {"aggregates": {"roc": curve}}


def test_the_figures_of_every_bundled_model_are_all_kept() -> None:
    for model in find_models():
        written = json.loads((model.path / CARD_FILE).read_text(encoding="utf-8"))
        card = model.card
        assert (card.figures, card.learning) == (written["figures"], written.get("learning", {}))


def test_a_folder_without_a_card_is_no_model(model_folder: Path) -> None:
    (model_folder.parent / "face_detector").mkdir()
    assert names() == ["tiny"]


def test_the_bundled_one_of_two_models_of_one_name_is_used(
    model_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_model_folder(paths.user_models_dir(), "tiny")
    assert [model.path for model in find_models()] == [model_folder]
    assert "there twice" in caplog.text


@pytest.mark.parametrize(
    ("installed", "default"),
    [
        (["age_gender_cnn", "alpha", "visage"], "visage"),
        (["age_gender_cnn", "alpha"], "age_gender_cnn"),
        (["zulu", "alpha"], "alpha"),
    ],
)
def test_the_default_model_is_the_best_known_one(
    models_root: Path, installed: list[str], default: str
) -> None:
    for name in installed:
        make_model_folder(models_root, name)
    assert find_model().card.name == default


def test_an_unknown_name_is_answered_with_the_known_ones(model_folder: Path) -> None:
    with pytest.raises(ModelError, match=r"no model called ../tiny\. There is: tiny"):
        find_model("../tiny")


def test_no_model_at_all_is_a_sentence(models_root: Path) -> None:
    with pytest.raises(ModelError, match="No model is installed"):
        find_model()


def test_an_untouched_file_is_verified(model_folder: Path) -> None:
    assert find_model("tiny").verify_file(ONNX_FILE) == model_folder / ONNX_FILE


def test_a_tampered_file_is_refused(model_folder: Path) -> None:
    with (model_folder / ONNX_FILE).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match="damaged or was changed"):
        find_model("tiny").verify_file(ONNX_FILE)


def test_a_missing_file_is_a_sentence(model_folder: Path) -> None:
    (model_folder / ONNX_FILE).unlink()
    with pytest.raises(ModelError, match="is missing"):
        find_model("tiny").verify_file(ONNX_FILE)


def test_a_file_that_is_a_folder_is_a_sentence(model_folder: Path) -> None:
    (model_folder / ONNX_FILE).unlink()
    (model_folder / ONNX_FILE).mkdir()
    with pytest.raises(ModelError, match="cannot be read"):
        find_model("tiny").verify_file(ONNX_FILE)


def test_a_file_that_is_not_on_the_card_is_never_loaded(model_folder: Path) -> None:
    (model_folder / KERAS_FILE).write_bytes(b"anything")
    with pytest.raises(ModelError, match=r"comes without model\.keras"):
        find_model("tiny").verify_file(KERAS_FILE)


@pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
def test_a_pipe_in_a_model_folder_is_not_waited_for(
    model_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (model_folder / ONNX_FILE).unlink()
    os.mkfifo(model_folder / ONNX_FILE)
    with pytest.raises(ModelError, match="it is no file"):
        find_model("tiny").verify_file(ONNX_FILE)
    piped = make_model_folder(model_folder.parent, "piped")
    (piped / CARD_FILE).unlink()
    os.mkfifo(piped / CARD_FILE)
    assert names() == ["tiny"]
    assert "is no file of a few pages" in caplog.text


def test_a_card_of_many_megabytes_is_not_read(
    model_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    huge = make_model_folder(model_folder.parent, "huge")
    with (huge / CARD_FILE).open("ab") as file:
        file.truncate(10**10)
    assert names() == ["tiny"]
    assert "is no file of a few pages" in caplog.text


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may enter everything")
def test_a_users_folder_that_may_not_be_entered_hides_no_bundled_model(
    model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = names()
    (tmp_path / "closed").mkdir(mode=0o000)
    monkeypatch.setattr(paths, "user_models_dir", lambda: tmp_path / "closed" / "models")
    assert expected
    assert names() == expected
