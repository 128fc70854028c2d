"""When a face is called doubtful; how its quality comes about is in core/face_quality.py."""

import math

DOUBTFUL_BELOW = 0.6
"""A face of lower quality is doubtful: of 33 such, 17 were read within ten years, of 385 others 355
(`python -m training fit-quality visage --data UTKFace --count 1000`)."""

DOUBTFUL = "doubtful"
_WRITTEN_PARTS = 1000


def is_doubtful(quality: float | None) -> bool:
    """Whether a face of this quality, 0-1, is doubtful; where it is not known, it is not."""
    return quality is not None and quality < DOUBTFUL_BELOW


def written_quality(quality: float | None) -> float | None:
    """A quality as files have it: rounded down, so that the mark follows from what is written."""
    return None if quality is None else math.floor(quality * _WRITTEN_PARTS) / _WRITTEN_PARTS
