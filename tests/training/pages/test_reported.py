"""The report's figures are copied by hand: each is compared with the list of them."""

from pathlib import Path

import pytest

from training.pages.reported import REPORTED, number

FIGURES = Path("../shared/design/report-figures.md")
KEYS = (
    "gender_accuracy",
    "gender_auc",
    "gender_f1",
    "gender_precision",
    "gender_recall",
    "age_mae",
    "age_mse",
    "age_rmse",
    "age_within_10",
)
NAMES = {
    "Gender CNN": "gender_cnn",
    "Age CNN": "age_cnn",
    "Age + gender CNN": "age_gender_cnn",
    "EfficientNetB0": "efficientnet_b0",
    "EfficientNetB1": "efficientnet_b1",
    "EfficientNetB2": "efficientnet_b2",
    "MobileNetV2": "mobilenet_v2",
    "VGG16": "vgg16",
    "ResNet50": "resnet50",
}


@pytest.mark.utkface
@pytest.mark.skipif(not FIGURES.is_file(), reason="the list of the report's figures is not here")
def test_every_figure_that_the_report_gives_is_in_our_table_as_it_gives_it() -> None:
    lines = FIGURES.read_text(encoding="utf-8").splitlines()
    table = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ][2:]
    assert {NAMES[row[0]] for row in table} == set(REPORTED)
    for row in table:
        reported = REPORTED[NAMES[row[0]]]
        if len(row) < len(KEYS) or "no figures" in row[1]:
            assert not reported.figures
            assert "caduque" in reported.note
            continue
        given = {key: text for key, text in zip(KEYS, row[1:-1], strict=True) if text != "–"}
        assert reported.figures == given
        assert reported.parameters in row[-1]
        for other in ("8,758,779", "8,598,246"):
            assert (other in row[-1]) == (other in reported.note)


SQUARED = [name for name, row in REPORTED.items() if "age_mse" in row.figures]


@pytest.mark.parametrize("name", SQUARED)
def test_where_a_square_and_its_root_do_not_agree_a_note_says_so(name: str) -> None:
    figures, note = REPORTED[name].figures, REPORTED[name].note
    agree = number(figures["age_rmse"]) ** 2 == pytest.approx(number(figures["age_mse"]), rel=0.01)
    assert agree != (f"An RMSE of {figures['age_rmse']}" in note)


def test_a_figure_as_it_is_written_has_its_value() -> None:
    assert number("83.64 %") == pytest.approx(0.8364)
    assert number("2,600,833") == 2_600_833
