from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.choices.model_card_dialog import ModelCardDialog
from gui.choices.model_picker import summary
from gui.core_parts import CoreParts
from gui.language.translation import speak
from tests.live_fakes import FakeCore
from tests.model_folders import make_card, make_model_folder
from tests.window_fixtures import MakeWindow

FIGURES = {
    "age_mae": 6.52,
    "age_within_10": 0.795,
    "gender_accuracy": 0.912,
    "by_age_band": {
        "0-2": {"n": 1600, "age_mae": 1.9, "gender_accuracy": 0.71},
        "80+": {"n": 50, "age_mae": 9.93},
    },
}


def folder(name: str, **changes: object) -> SimpleNamespace:
    return SimpleNamespace(card=make_card(name, **changes))


def words_of(dialog: ModelCardDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_models_are_listed_with_their_measured_figures(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    models = [folder("one", title="First & best", figures=FIGURES), folder("two", title="Second")]
    window = make_window(FakeCore(models=models).parts)
    qtbot.waitUntil(lambda: len(window.model_menu.choices) == 2)
    first, second = window.model_menu.choices
    assert first.text() == "First && best\tage ±6.5 years, gender 91 %"
    assert second.text() == "Second\tnot measured"
    assert (first.isChecked(), second.isChecked()) == (True, False)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (FIGURES, "age ±6.5 years, gender 91 %"),
        ({"age_mae": 4.0}, "age ±4.0 years"),
        ({"gender_accuracy": 0.95}, "gender 95 %"),
        ({}, "not measured"),
        ({"age_mae": None, "gender_accuracy": 0.95}, "gender 95 %"),
        ({"age_mae": "5.4", "gender_accuracy": [1]}, "not measured"),
    ],
)
def test_a_summary_says_what_was_measured(figures: dict[str, object], expected: str) -> None:
    assert summary(make_card(figures=figures)) == expected


def test_a_model_of_several_collections_is_shown_by_what_all_were_measured_on(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    apart = {
        "AAF": {"n": 1418, "age_mae": 5.23, "gender_accuracy": 0.942},
        "UTKFace": {"n": 2134, "age_mae": 4.28, "gender_accuracy": 0.954},
    }
    measured_on = {name: {"n": figures["n"]} for name, figures in apart.items()}
    figures = {"age_mae": 4.66, "by_collection": apart, "measured_on": measured_on}
    card = make_card(figures=figures)
    assert summary(card) == "age ±4.3 years, gender 95 %"
    words = words_of(ModelCardDialog(card, make_window(FakeCore().parts)))
    assert "4.3 years" in words
    table = words[words.index("AAF") : words.index("Limits")]
    assert table[:8] == ["AAF", "1,418", "5.2", "94.2 %", "UTKFace", "2,134", "4.3", "95.4 %"]


def test_the_card_page_shows_figures_data_licence_and_limits(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    card = make_card(
        "one",
        figures=FIGURES,
        training_data="UTKFace",
        licence="research only",
        limits="guesses",
        figures_command="python -m training evaluate",
    )
    dialog = ModelCardDialog(card, make_window(FakeCore().parts))
    words = words_of(dialog)
    for expected in ("6.5 years", "79.5 %", "91.2 %", "UTKFace", "research only", "guesses"):
        assert expected in words
    table = words[words.index("0–2") : words.index("Limits")]
    assert table == ["0–2", "1,600", "1.9", "71.0 %", "80+", "50", "9.9", "–"]
    assert "python -m training evaluate" in words


def test_the_headings_of_its_tables_stand_in_one_line(make_window: MakeWindow) -> None:
    window = make_window(FakeCore().parts)
    speak("fr")
    dialog = ModelCardDialog(make_card(figures=FIGURES), window)
    dialog.show()
    labels = {label.text(): label for label in dialog.findChildren(QLabel)}
    heading = labels["Erreur d’âge, années"]
    assert heading.height() < 2 * heading.fontMetrics().lineSpacing()


def test_a_card_without_figures_says_that_nobody_measured_it(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    dialog = ModelCardDialog(make_card(), make_window(FakeCore().parts))
    assert "Nobody has measured this model yet." in words_of(dialog)


@pytest.mark.parametrize("bands", [None, "all", [1], {"0-2": None}, {"0-2": {"n": "many"}}])
def test_figures_that_are_no_numbers_are_left_out_of_the_card_page(
    make_window: MakeWindow, qtbot: QtBot, bands: object
) -> None:
    figures = {"age_mae": "5.4", "gender_accuracy": 0.912, "by_age_band": bands}
    words = words_of(ModelCardDialog(make_card(figures=figures), make_window(FakeCore().parts)))
    assert "91.2 %" in words
    assert not {"5.4", "many"} & set(words)


def test_the_default_model_comes_first(models_root: Path) -> None:
    for name in ("age_gender_cnn", "another", "visage"):
        make_model_folder(models_root, name)
    names = [model.card.name for model in CoreParts().find_models()]
    assert names == ["visage", "age_gender_cnn", "another"]


def test_without_a_model_there_is_none_to_choose(models_root: Path) -> None:
    assert CoreParts().find_models() == ()
