"""Regions of faces that a packet holds already, and which of them shows which face."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from core.types import Box

_LEAST_OVERLAP = 0.2
"""Programs draw very different boxes around a face, from chin to brow or with all of the hair."""

_LEAST_OVERLAP_ALONE = 0.15
"""Where no other face or region is near: a box 2.5 times as wide as the face's, or 0.4 times."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownRegion:
    """A face's region in a packet.

    Attributes:
        item: its element.
        bag: the list that holds it.
        box: in shares of the picture that the list refers to, as it is stored or as it is seen.
        name: None where nobody named it.
        is_own: whether the name is one that Visage gave.
    """

    item: ET.Element
    bag: ET.Element
    box: Box
    name: str | None
    is_own: bool

    @property
    def person(self) -> str | None:
        """The name that someone gave."""
        return None if self.is_own else self.name


def region_box(left: float, top: float, width: float, height: float) -> Box | None:
    """A box of what a region says; None where that is no box."""
    numbers = (left, top, width, height)
    if not all(map(isfinite, numbers)) or width <= 0 or height <= 0:
        return None
    return Box(left, top, left + width, top + height)


def matches(boxes: Sequence[Box], regions: Sequence[KnownRegion]) -> dict[int, KnownRegion]:
    """The regions that show the same faces as boxes, by the number of the box.

    A region shows one face at most: those that overlap most find each other first.
    """
    overlaps = sorted(
        (
            (overlap, -number, -place)
            for number, box in enumerate(boxes)
            for place, region in enumerate(regions)
            if (overlap := _overlap(box, region.box)) >= _LEAST_OVERLAP_ALONE
            and (overlap >= _LEAST_OVERLAP or _are_alone(box, region.box, boxes, regions))
        ),
        reverse=True,
    )
    found: dict[int, KnownRegion] = {}
    taken: set[int] = set()
    for _, number, place in overlaps:
        if -number not in found and place not in taken:
            found[-number] = regions[-place]
            taken.add(place)
    return found


def _are_alone(box: Box, around: Box, boxes: Sequence[Box], regions: Sequence[KnownRegion]) -> bool:
    """Whether a region holds the centre of no other face, and a face that of no other region."""
    faces_within = [other for other in boxes if _holds(around, other.centre)]
    regions_within = [other for other in regions if _holds(box, other.box.centre)]
    return len(faces_within) == len(regions_within) == 1


def _overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes, each with the other's centre within it, else 0."""
    is_shared = _holds(one, other.centre) and _holds(other, one.centre)
    return one.intersection_over_union(other) if is_shared else 0.0


def _holds(box: Box, point: tuple[float, float]) -> bool:
    x, y = point
    return box.left <= x <= box.right and box.top <= y <= box.bottom
