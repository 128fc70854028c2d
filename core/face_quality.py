"""How far an estimate can be trusted: the chance that the age is right within ten years.

A logistic regression on what is known of a face without its true age: its height in the photo and
how wide the model's own range is, which grows with all that hides a face. `python -m training
fit-quality` fits the weights on UTKFace chips that were pasted small, blurred, covered and cut, and
says on others how well the chance agrees with what was right.
"""

import math

from core.types import Detection, Estimate

WEIGHTS = (4.714, -0.037, -1.585)
"""Of 1, the height (see below), and the range in decades (`--count 1000`)."""

_FULL_HEIGHT_PX = 128
"""A higher face is no better: a chip has 160 px and less."""

_USUAL_RANGE_YEARS = 16.0
"""What stands in for the range of a model that gives none."""


def face_quality(detection: Detection, estimate: Estimate) -> float:
    """The quality of a face, 0-1.

    Args:
        detection: in px of the photo at full size.
    """
    weighted = zip(WEIGHTS, quality_features(detection, estimate), strict=True)
    return 1 / (1 + math.exp(-sum(weight * feature for weight, feature in weighted)))


def quality_features(detection: Detection, estimate: Estimate) -> tuple[float, float, float]:
    """1, doublings of the height from 16 px to 128 px, and the range in decades."""
    height_px = min(max(detection.box.height, 4.0), _FULL_HEIGHT_PX)
    return 1.0, math.log2(height_px / 16), _range_years(estimate) / 10


def _range_years(estimate: Estimate) -> float:
    if estimate.age_low_years is None or estimate.age_high_years is None:
        return _USUAL_RANGE_YEARS
    return estimate.age_high_years - estimate.age_low_years
