"""Image regions as the IPTC describes them (Photo Metadata Standard 2019.1 and later).

They are read for the names of people and stay as they are: a rectangle is left, top, width and
height, a circle its centre and radius in shares of the width, a polygon its corners; in shares of
the picture (unit "relative") or in px.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from core.batch.export.xmp.known_region import KnownRegion, region_box
from core.batch.export.xmp.packet import RDF, tag
from core.batch.export.xmp.rdf import inner, items, list_in, number, text
from core.types import Box

_IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"


def iptc_people(rdf: ET.Element, size_px: tuple[int, int]) -> list[KnownRegion]:
    """The regions that say who is where.

    Args:
        size_px: of the picture as it is stored.
    """
    array = rdf.find(f"{tag(RDF, 'Description')}/{_tag('ImageRegion')}")
    bag = None if array is None else list_in(array)
    if bag is None:
        return []
    people = []
    for item in items(array):
        holder = inner(item)
        name = text(holder, _tag("PersonInImage")) or text(holder, _tag("Name"))
        boundary = holder.find(_tag("RegionBoundary"))
        box = None if boundary is None else _box(inner(boundary), size_px)
        if name is not None and box is not None:
            people.append(KnownRegion(item, bag, box, name, is_own=False))
    return people


def _box(boundary: ET.Element, size_px: tuple[int, int]) -> Box | None:
    width, height = size_px if text(boundary, _tag("rbUnit")) == "pixel" else (1, 1)
    shape = text(boundary, _tag("rbShape"))
    if shape == "polygon":
        corners = items(boundary.find(_tag("rbVertices")))
        return _around([_numbers(inner(corner), "rbX", "rbY") for corner in corners], width, height)
    x, y = _numbers(boundary, "rbX", "rbY")
    if shape == "circle":
        (radius,) = _numbers(boundary, "rbRx")
        across, down = radius / width, radius * size_px[0] / size_px[1] / width
        return region_box(x / width - across, y / height - down, 2 * across, 2 * down)
    wide, high = _numbers(boundary, "rbW", "rbH")
    return region_box(x / width, y / height, wide / width, high / height)


def _around(corners: Sequence[Sequence[float]], width: float, height: float) -> Box | None:
    if not corners:
        return None
    across, down = zip(*corners, strict=True)
    left, top = min(across) / width, min(down) / height
    return region_box(left, top, max(across) / width - left, max(down) / height - top)


def _numbers(holder: ET.Element, *names: str) -> list[float]:
    return [number(holder, _tag(name)) for name in names]


def _tag(name: str) -> str:
    return tag(_IPTC, name)
