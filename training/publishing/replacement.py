"""Whether a model may take the place of the published one of its name."""

from collections.abc import Mapping
from typing import Any

from core.errors import DataError
from core.estimation.model_card import ModelCard

_JUDGED = (("age_mae", "its ages", -1), ("gender_accuracy", "its genders", 1))
"""Figure, what it is of, and whether more is better (1) or less (-1)."""


def check_replacement(new: ModelCard, published: ModelCard) -> None:
    """See that `new` was measured on the faces of the published model, and is no worse.

    Raises:
        DataError: if it was not, or is.
    """
    if _faces(new.figures) != _faces(published.figures):
        raise DataError(
            f"The published {published.name} was measured on other faces or another split: the "
            "figures cannot be compared. Evaluate both alike, or publish with --replace."
        )
    better = [
        f"{words} ({published.figures[figure]:.4g} against {new.figures[figure]:.4g})"
        for figure, words, sign in _JUDGED
        if figure in new.figures and figure in published.figures
        if sign * published.figures[figure] > sign * new.figures[figure]
    ]
    if better:
        raise DataError(
            f"The published {published.name} is better by {' and '.join(better)}. "
            "Publish with --replace all the same."
        )


def _faces(figures: Mapping[str, Any]) -> Any:
    """What was measured; an older card says the number of faces alone."""
    measured_on = figures.get("measured_on")
    return sorted(measured_on.items()) if measured_on else figures.get("n")
