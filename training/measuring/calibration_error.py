"""How far a probability is from the frequency that it promises."""

import numpy as np
from numpy.typing import NDArray

BIN_COUNT = 15


def expected_calibration_error(
    female_probability: NDArray[np.float64], is_female: NDArray[np.bool_]
) -> float:
    """The mean gap between confidence and accuracy over fifteen bins (Guo et al., 2017), 0-1."""
    gaps = reliability(female_probability, is_female)
    return float(sum(count * abs(accuracy - said) for said, accuracy, count in gaps)) / len(
        is_female
    )


def reliability(
    female_probability: NDArray[np.float64], is_female: NDArray[np.bool_]
) -> list[tuple[float, float, int]]:
    """Mean confidence, accuracy and count of each bin of confidence that holds faces.

    Confidence is the probability of the gender that is said, one half or more.
    """
    said_female = female_probability >= 0.5
    confidence = np.where(said_female, female_probability, 1 - female_probability)
    is_right = said_female == is_female
    bins = np.minimum(((confidence - 0.5) * 2 * BIN_COUNT).astype(int), BIN_COUNT - 1)
    return [
        (float(confidence[mask].mean()), float(is_right[mask].mean()), int(mask.sum()))
        for number in range(BIN_COUNT)
        if (mask := bins == number).any()
    ]
