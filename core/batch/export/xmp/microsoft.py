"""Microsoft's people tags, as Windows and digiKam write them (WIC: People Tagging Overview).

A rectangle is left, top, width and height in shares of the picture.
"""

import re
import xml.etree.ElementTree as ET

from core.batch.export.xmp import own_fields
from core.batch.export.xmp.face_region import FaceRegion
from core.batch.export.xmp.known_region import KnownRegion, region_box
from core.batch.export.xmp.packet import RDF, tag
from core.batch.export.xmp.rdf import inner, items, list_in, set_text, text, writable
from core.types import Box

_PHOTO = "http://ns.microsoft.com/photo/1.2/"
_INFO = tag(_PHOTO, "RegionInfo")
_LIST = tag(f"{_PHOTO}t/RegionInfo#", "Regions")
_NAME = tag(f"{_PHOTO}t/Region#", "PersonDisplayName")
_RECTANGLE = tag(f"{_PHOTO}t/Region#", "Rectangle")


def microsoft_regions(rdf: ET.Element) -> ET.Element | None:
    """The element with the list."""
    return rdf.find(f"{tag(RDF, 'Description')}/{_INFO}")


def microsoft_items(rdf: ET.Element) -> list[ET.Element]:
    """Every tag, with a rectangle or without."""
    regions = microsoft_regions(rdf)
    return [] if regions is None else items(inner(regions).find(_LIST))


def microsoft_faces(rdf: ET.Element) -> list[KnownRegion]:
    """The tags that say where someone is."""
    regions = microsoft_regions(rdf)
    array = None if regions is None else inner(regions).find(_LIST)
    bag = None if array is None else list_in(array)
    if bag is None:
        return []
    faces = []
    for item in items(array):
        holder = inner(item)
        box = _box(text(holder, _RECTANGLE) or "")
        if box is not None:
            name = text(holder, _NAME)
            faces.append(KnownRegion(item, bag, box, name, is_own_microsoft(item)))
    return faces


def is_own_microsoft(item: ET.Element) -> bool:
    holder = inner(item)
    return own_fields.is_own_name(holder, text(holder, _NAME))


def describe_microsoft(region: KnownRegion, face: FaceRegion, box: Box, name: str) -> None:
    """Say of a tag what is known by now; what others say of it stays.

    Args:
        box: where the face is; rectangles that Visage's own regions left behind move there.
        name: for a tag that nobody named.
    """
    holder = writable(region.item)
    is_made = region.is_own and not own_fields.is_name_added(holder)
    adds_name = region.person is None and not is_made
    if is_made or adds_name:
        set_text(holder, _NAME, name)
    if is_made:
        sides = (box.left, box.top, box.width, box.height)
        set_text(holder, _RECTANGLE, ", ".join(f"{side:.6f}" for side in sides))
    own_fields.set_fields(holder, face, is_made=is_made, adds_name=adds_name)


def forget_microsoft(region: KnownRegion) -> None:
    """Take back what Visage said: the whole tag where it stems from it, else its own words."""
    holder = inner(region.item)
    if region.is_own and not own_fields.is_name_added(holder):
        region.bag.remove(region.item)
        return
    if region.is_own:
        holder.attrib.pop(_NAME, None)
        for element in holder.findall(_NAME):
            holder.remove(element)
    own_fields.remove_fields(holder)


def _box(rectangle: str) -> Box | None:
    try:
        left, top, width, height = (float(side) for side in re.split(r"[,\s]+", rectangle))
    except ValueError:
        return None
    return region_box(left, top, width, height)
