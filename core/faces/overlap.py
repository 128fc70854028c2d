"""One face, one detection: non-maximum suppression."""

from collections.abc import Iterable

from core.types import Box, Detection


def suppress_overlaps(detections: Iterable[Detection], max_overlap: float) -> list[Detection]:
    """The detections of highest score, of which no two overlap by more than `max_overlap`."""
    kept: list[Detection] = []
    for detection in sorted(detections, key=lambda found: found.score, reverse=True):
        if all(overlap(detection.box, other.box) <= max_overlap for other in kept):
            kept.append(detection)
    return kept


def overlap(a: Box, b: Box) -> float:
    """Intersection over the smaller of both areas, 0 (apart) to 1 (one inside the other).

    Unlike intersection over union it also tells the box of a face from that of its nose.
    """
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    smaller = min(a.area, b.area)
    if width <= 0 or height <= 0 or smaller <= 0:
        return 0.0
    return width * height / smaller
