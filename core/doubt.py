"""When a face is called doubtful; how its quality comes about is in core/face_quality.py."""

DOUBTFUL_BELOW = 0.6
"""A face of lower quality is doubtful: its age is wrong by ten years and more in two of five."""

DOUBTFUL = "doubtful"


def is_doubtful(quality: float | None) -> bool:
    """Whether a face of this quality, 0-1, is doubtful; where it is not known, it is not."""
    return quality is not None and quality < DOUBTFUL_BELOW
