from dataclasses import replace
from pathlib import Path

import pytest

from tests.training.pages.cards import make_card, make_said
from training.learning.configs import Preset
from training.pages.comparison import comparison_page
from training.pages.comparison_figures import by_band
from training.pages.figure_cells import MODEL_COLUMNS
from training.pages.reported import REPORTED
from training.pages.rows import rows_of


def table_of(folder: Path) -> list[list[str]]:
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    end = next(index for index, row in enumerate(rows) if row[-1] == "note")
    return rows[:end]


def write_comparison(folder: Path, **values: str) -> None:
    card = make_card(make_said()[0], **values)
    comparison_page(rows_of([card])).write_markdown(folder, "index")


def test_every_cell_that_the_report_fills_stands_above_ours(tmp_path: Path) -> None:
    write_comparison(tmp_path)
    table = table_of(tmp_path)
    header = table[0]
    for reported in REPORTED.values():
        if not reported.figures:
            continue
        row = next(
            row for row in table if row[1] == "the report" and row[-2] == reported.parameters
        )
        for key, heading, _ in MODEL_COLUMNS:
            assert row[header.index(heading)] == reported.figures.get(key, "")


def test_a_row_of_ours_fills_what_the_report_fills(tmp_path: Path) -> None:
    card = make_card(make_said()[0])
    write_comparison(tmp_path)
    table = table_of(tmp_path)
    ours = next(row for row in table if row[1] == "**ours**")
    assert ours[0] == "**[Age and gender CNN](age_gender_cnn-tuned.md)**"
    assert f"**{card.figures['age_mae']:.2f}**" in ours
    assert "**8,779,970**" in ours
    reported = REPORTED["age_gender_cnn"].figures
    filled = {heading for key, heading, _ in MODEL_COLUMNS if key in reported}
    assert all(ours[table[0].index(heading)] for heading in filled)
    assert ours[-1] == "**40, test**"


def test_rows_that_are_missing_say_so_with_their_command(tmp_path: Path) -> None:
    write_comparison(tmp_path)
    missing = [row for row in table_of(tmp_path) if row[1] == "not trained yet"]
    names = {row[0] for row in missing}
    assert "[VGG16](vgg16-tuned.md)" in names
    assert "[EfficientNetB2 (as reported)](efficientnet_b2-report.md)" in names
    commands = [row[2] for row in missing]
    assert "`python -m training train vgg16 --data UTKFace.tar.gz`" in commands


def test_where_the_reports_figures_do_not_agree_is_noted(tmp_path: Path) -> None:
    write_comparison(tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    for words in ("85.4", "128.4", "7,499,401", "8,758,779", "4,973,733", "caduque"):
        assert words in text


def test_each_row_names_run_command_size_precision_hardware_epochs_and_hours(
    tmp_path: Path,
) -> None:
    write_comparison(tmp_path, run="2026-11-23-a-run")
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "`2026-11-23-a-run`" in line)
    for words in ("| 64 |", "float32", "AMD EPYC, 2 cores", "| 3 |", "| 1.25 |"):
        assert words in row
    assert row.count("`python -m training") == 2


@pytest.mark.parametrize("part", ["test", "val"])
def test_models_measured_on_other_faces_are_told_apart(tmp_path: Path, part: str) -> None:
    card = make_card(make_said()[0])
    other = replace(
        make_card(make_said(40)[0]),
        name="visage",
        title="Visage",
        training_command="python -m training train visage",
        figures_command=f"python -m training evaluate visage --split {part}",
    )
    comparison_page(rows_of([card, other])).write_markdown(tmp_path, "index")
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    same = "measured on the same faces, but for rows whose last column names another collection."
    assert (same in text and "Not all" not in text) == (part == "test")
    assert f"**40, {part}**" in text


def test_two_runs_of_one_model_and_preset_have_a_page_each() -> None:
    card = make_card(make_said()[0])
    larger = replace(card, input_size_px=128, run="larger")
    rows = [row for row in rows_of([card, larger]) if row.card]
    assert [row.page for row in rows] == ["age_gender_cnn-tuned", "age_gender_cnn-tuned-larger"]
    assert {row.preset for row in rows} == {Preset.TUNED}


def test_a_model_of_several_collections_is_compared_on_the_reports_own(tmp_path: Path) -> None:
    whole, part = make_card(make_said(40)[0]), make_card(make_said(30)[0]).figures
    other = make_card(make_said(10)[0]).figures
    measured_on = {
        "AAF": {"split": "aaaaaaaaaa", "part": "test", "n": 10},
        "UTKFace": {"split": "bbbbbbbbbb", "part": "test", "n": 30},
    }
    apart = {"AAF": other, "UTKFace": part}
    figures = {**whole.figures, "measured_on": measured_on, "by_collection": apart}
    card = replace(whole, figures=figures)
    comparison_page(rows_of([card])).write_markdown(tmp_path, "index")
    ours = [row for row in table_of(tmp_path) if "ours" in row[1] and "flip" not in row[1]]
    assert [row[-1].strip("*") for row in ours] == [
        "30, test bbbbbbbb",
        "10, AAF test aaaaaaaa",
    ]
    assert f"**{part['age_mae']:.2f}**" in ours[0]
    assert f"{other['age_mae']:.2f}" in ours[1]


def test_the_legend_of_many_models_stands_below_their_lines() -> None:
    cards = [make_card(make_said()[0], title=f"Model {number}") for number in range(12)]
    figure = by_band(cards, "age_mae", "Age error by age", "years")
    figure.draw_without_rendering()
    (legend,) = figure.legends
    assert legend.get_window_extent().y1 < figure.axes[0].get_window_extent().y0
    assert legend.get_window_extent().x0 >= 0
    assert legend.get_window_extent().x1 <= figure.bbox.x1
