"""An age as it is shown: one rule for tables, charts, filters, labels and exports."""

import math


def shown_age(age_years: float) -> int:
    """Whole years, rounded; halves go up, as in the store's queries (`row_filter.SHOWN_YEARS`)."""
    return math.floor(age_years + 0.5)


def shown_range(low_years: float, high_years: float) -> str:
    """The range of an age: "28–41"."""
    return f"{shown_age(low_years)}–{shown_age(high_years)}"
