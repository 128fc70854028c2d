"""How figures are written in tables: one column a figure, empty where a model has none."""

from collections.abc import Mapping, Sequence
from typing import Any

Columns = Sequence[tuple[str, str, str]]

MODEL_COLUMNS: Columns = (
    ("gender_accuracy", "gender accuracy", ".2%"),
    ("gender_auc", "gender AUC", ".4f"),
    ("gender_f1", "gender F1", ".4f"),
    ("gender_precision", "gender precision", ".4f"),
    ("gender_recall", "gender recall", ".4f"),
    ("age_mae", "age MAE", ".2f"),
    ("age_mse", "age MSE", ".2f"),
    ("age_rmse", "age RMSE", ".2f"),
    ("age_within_10", "age within 10", ".2%"),
)
"""The report's own columns: key, heading, format."""

BAND_COLUMNS: Columns = (
    ("n", "faces", ".0f"),
    ("age_mae", "age MAE", ".2f"),
    ("age_bias", "age bias", "+.2f"),
    ("age_within_5", "within 5", ".1%"),
    ("age_within_10", "within 10", ".1%"),
    ("age_range_coverage", "in range", ".1%"),
    ("gender_accuracy", "gender accuracy", ".1%"),
    ("gender_precision", "gender precision", ".3f"),
    ("gender_recall", "gender recall", ".3f"),
    ("gender_f1", "gender F1", ".3f"),
)

CLASS_COLUMNS: Columns = (
    ("precision", "precision", ".3f"),
    ("recall", "recall", ".3f"),
    ("f1", "F1", ".3f"),
    ("n", "faces", ".0f"),
)
"""Of ages as classes."""


def headings(columns: Columns) -> list[str]:
    """The columns' names."""
    return [heading for _, heading, _ in columns]


def cells(figures: Mapping[str, Any], columns: Columns) -> list[str]:
    """One row of text."""
    return [written(figures[key], form) if key in figures else "" for key, _, form in columns]


def written(value: float, form: str) -> str:
    """A figure as text, a share with a space before its sign."""
    return f"{value:{form}}".replace("%", " %")


def filled(columns: Columns, rows: Sequence[Mapping[str, Any]]) -> Columns:
    """Those columns in which at least one row has a figure."""
    return [column for column in columns if any(column[0] in row for row in rows)]
