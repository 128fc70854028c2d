"""The age bands in which figures are given."""

AGE_BANDS: tuple[tuple[str, int, int], ...] = (
    ("0-2", 0, 2),
    ("3-9", 3, 9),
    ("10-19", 10, 19),
    ("20-29", 20, 29),
    ("30-39", 30, 39),
    ("40-49", 40, 49),
    ("50-59", 50, 59),
    ("60-69", 60, 69),
    ("70-79", 70, 79),
    ("80+", 80, 200),
)
"""Name, first and last year of each band."""


def band_of(age_years: int) -> str:
    """The name of the band that holds an age."""
    return next(name for name, first, last in AGE_BANDS if first <= age_years <= last)
