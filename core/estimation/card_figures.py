"""The figures of a card, as far as each is what its name says: anybody may have written them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeGuard

LARGEST = 1e12
"""No figure comes near."""

Check: TypeAlias = Callable[[Any], bool]
Shape: TypeAlias = "Mapping[str, Shape | Check]"
"""What a group of figures holds, by name."""

EVERY = "*"
"""Stands in a shape for names that it does not know."""


def readable(values: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    """A group of figures without those of another kind than its shape says.

    Of what the shape does not know, numbers that are none (NaN, infinity) are left out.
    """
    kept: dict[str, Any] = {}
    for name, value in values.items():
        wanted = shape.get(name, shape.get(EVERY, {} if isinstance(value, dict) else _is_sound))
        if isinstance(wanted, Mapping):
            if isinstance(value, dict):
                kept[name] = readable(value, wanted)
        elif wanted(value):
            kept[name] = value
    return kept


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and -LARGEST < value < LARGEST


def _is_sound(value: Any) -> bool:
    return not isinstance(value, int | float) or isinstance(value, bool) or _is_number(value)


def _is_column(value: Any) -> TypeGuard[list[float]]:
    return isinstance(value, list) and bool(value) and all(map(_is_number, value))


def _is_roc(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    wrongly, rightly = value.get("false_positive_rate"), value.get("true_positive_rate")
    return _is_column(wrongly) and _is_column(rightly) and len(wrongly) == len(rightly)


_MEASURES: Shape = dict.fromkeys(
    (
        "n",
        "age_mae",
        "age_within_10",
        "age_range_coverage",
        "gender_accuracy",
        "gender_accuracy_13plus",
    ),
    _is_number,
)

_FIGURES_OF_ONE: Shape = {
    **_MEASURES,
    "by_age_band": {EVERY: _MEASURES},
    "aggregates": {"age_errors": _is_column, "roc": _is_roc},
    "intervals": {EVERY: _is_column},
}
FIGURES: Shape = {
    **_FIGURES_OF_ONE,
    "by_collection": {EVERY: _FIGURES_OF_ONE},
    "measured_on": {EVERY: {}},
}
LEARNING: Shape = {"history": {EVERY: _is_column}}
COLLECTIONS: Shape = {EVERY: {}}
"""What the app and the pages read of a card's `figures`, `learning` and `collections`."""
