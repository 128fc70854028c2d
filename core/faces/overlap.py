"""One face, one detection: non-maximum suppression."""

from collections.abc import Callable, Iterable

from core.types import Box, Detection

Overlap = Callable[[Box, Box], float]
"""A measure from 0 (apart) to 1, such as `Box.intersection_over_union`."""


def suppress_overlaps(
    detections: Iterable[Detection], max_overlap: float, overlap: Overlap
) -> list[Detection]:
    """The detections of highest score, of which no two overlap by more than `max_overlap`."""
    kept: list[Detection] = []
    for detection in sorted(detections, key=lambda found: found.score, reverse=True):
        if not overlaps_any(detection, kept, max_overlap, overlap):
            kept.append(detection)
    return kept


def overlaps_any(
    detection: Detection, others: Iterable[Detection], max_overlap: float, overlap: Overlap
) -> bool:
    """Whether a detection overlaps one of `others` by more than `max_overlap`."""
    return any(overlap(detection.box, other.box) > max_overlap for other in others)


def intersection_over_smaller(a: Box, b: Box) -> float:
    """The overlap in areas of the smaller box: 1 where one lies inside the other.

    Of true faces none lies inside another, whatever their sizes.
    """
    shared = a.intersection_area(b)
    return shared / min(a.area, b.area) if shared > 0 else 0.0
