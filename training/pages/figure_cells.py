"""How figures are written in tables: one column a figure, empty where a model has none."""

from collections.abc import Mapping, Sequence
from typing import Any

Columns = Sequence[tuple[str, str, str]]

MODEL_COLUMNS: Columns = (
    ("gender_accuracy", "accuracy", ".2%"),
    ("gender_auc", "AUC", ".4f"),
    ("gender_f1", "F1", ".4f"),
    ("gender_precision", "precision", ".4f"),
    ("gender_recall", "recall", ".4f"),
    ("age_mae", "MAE", ".2f"),
    ("age_mse", "MSE", ".1f"),
    ("age_rmse", "RMSE", ".2f"),
    ("age_within_10", "within 10", ".2%"),
)
"""The report's own columns: key, heading, format."""

BAND_COLUMNS: Columns = (
    ("n", "faces", ".0f"),
    ("age_mae", "MAE", ".2f"),
    ("age_bias", "bias", "+.2f"),
    ("age_within_5", "within 5", ".1%"),
    ("age_within_10", "within 10", ".1%"),
    ("age_range_coverage", "in range", ".1%"),
    ("gender_accuracy", "accuracy", ".1%"),
    ("gender_precision", "precision", ".3f"),
    ("gender_recall", "recall", ".3f"),
    ("gender_f1", "F1", ".3f"),
)


def headings(columns: Columns) -> list[str]:
    """The columns' names."""
    return [heading for _, heading, _ in columns]


def cells(figures: Mapping[str, Any], columns: Columns) -> list[str]:
    """One row of text."""
    return [
        f"{figures[key]:{form}}".replace("%", " %") if key in figures else ""
        for key, _, form in columns
    ]
