"""Regions as the Metadata Working Group describes them (guidelines 2.0, section 5.9).

An area is a centre and a size, in shares of the picture (unit "normalized") or in px of the size
that AppliedToDimensions names (unit "pixel").
"""

import xml.etree.ElementTree as ET

from core.batch.export.xmp import own_fields
from core.batch.export.xmp.face_region import FaceRegion
from core.batch.export.xmp.known_region import KnownRegion, region_box
from core.batch.export.xmp.packet import AREA, DIMENSIONS, MWG, RDF, tag
from core.batch.export.xmp.rdf import child, inner, items, list_in, number, set_text, text, writable
from core.types import Box

_REGIONS = tag(MWG, "Regions")
_LIST = tag(MWG, "RegionList")
_APPLIED = tag(MWG, "AppliedToDimensions")
_AREA = tag(MWG, "Area")
_NAME = tag(MWG, "Name")
_DESCRIPTION = tag(MWG, "Description")
_TYPE = tag(MWG, "Type")
_EXTENSIONS = tag(MWG, "Extensions")


def mwg_regions(rdf: ET.Element) -> ET.Element | None:
    """The element with the list and its size."""
    return rdf.find(f"{tag(RDF, 'Description')}/{_REGIONS}")


def mwg_items(rdf: ET.Element) -> list[ET.Element]:
    """Every region, whether it shows a face, a pet or the focus."""
    regions = mwg_regions(rdf)
    return [] if regions is None else items(inner(regions).find(_LIST))


def mwg_faces(rdf: ET.Element, size_px: tuple[int, int]) -> list[KnownRegion]:
    """The regions that show a face.

    Args:
        size_px: of the picture, where the list does not say to which size it refers.
    """
    regions = mwg_regions(rdf)
    array = None if regions is None else inner(regions).find(_LIST)
    bag = None if array is None else list_in(array)
    if bag is None:
        return []
    applied_px = applied_size(rdf) or size_px
    faces = []
    for item in items(array):
        holder = inner(item)
        box = _box(holder, applied_px)
        if box is not None and (text(holder, _TYPE) or "Face").lower() == "face":
            faces.append(KnownRegion(item, bag, box, text(holder, _NAME), is_own_mwg(item)))
    return faces


def applied_size(rdf: ET.Element) -> tuple[float, float] | None:
    """Width and height that the list refers to, in px; None where it does not say."""
    regions = mwg_regions(rdf)
    applied = None if regions is None else inner(regions).find(_APPLIED)
    if applied is None:
        return None
    width, height = (number(inner(applied), tag(DIMENSIONS, name)) for name in ("w", "h"))
    return (width, height) if width > 0 and height > 0 else None


def set_applied_size(rdf: ET.Element, size_px: tuple[int, int]) -> None:
    holder = writable(_made_regions(rdf))
    for old in holder.findall(_APPLIED):
        holder.remove(old)
    width_px, height_px = size_px
    dimensions = {"w": str(width_px), "h": str(height_px), "unit": "pixel"}
    attributes = {tag(DIMENSIONS, name): value for name, value in dimensions.items()}
    holder.insert(0, ET.Element(_APPLIED, attributes))


def is_own_mwg(item: ET.Element) -> bool:
    holder = inner(item)
    return own_fields.is_own_name(_extensions(holder), text(holder, _NAME))


def add_mwg(rdf: ET.Element, face: FaceRegion, box: Box, name: str) -> None:
    """Add a region for a face.

    Args:
        box: where it is, in shares of the picture that the list refers to.
        name: the face's own, or the person's.
    """
    array = child(writable(_made_regions(rdf)), _LIST)
    bag = list_in(array)
    if bag is None:
        bag = ET.SubElement(array, tag(RDF, "Bag"))
    holder = writable(ET.SubElement(bag, tag(RDF, "li")))
    _set_name(holder, face, name)
    set_text(holder, _TYPE, "Face")
    _set_area(holder, box)
    own_fields.set_fields(writable(child(holder, _EXTENSIONS)), face, is_made=True)


def describe_mwg(region: KnownRegion, face: FaceRegion, box: Box, name: str) -> None:
    """Say of a region what is known by now; what others say of it stays.

    Args:
        box: where the face is; Visage's own regions move there.
        name: for a region that nobody named.
    """
    holder = writable(region.item)
    is_made = region.is_own and not own_fields.is_name_added(_extensions(holder))
    adds_name = region.person is None and not is_made
    if is_made or adds_name:
        _set_name(holder, face, name)
    if is_made:
        _set_area(holder, box)
    extensions = writable(child(holder, _EXTENSIONS))
    own_fields.set_fields(extensions, face, is_made=is_made, adds_name=adds_name)


def forget_mwg(region: KnownRegion) -> None:
    """Take back what Visage said: the whole region where it made it, else its own words."""
    holder = inner(region.item)
    extensions = _extensions(holder)
    if region.is_own and not own_fields.is_name_added(extensions):
        region.bag.remove(region.item)
        return
    for name in (_NAME, _DESCRIPTION) if region.is_own else ():
        holder.attrib.pop(name, None)
        for element in holder.findall(name):
            holder.remove(element)
    if extensions is not None:
        own_fields.remove_fields(extensions)


def _made_regions(rdf: ET.Element) -> ET.Element:
    regions = mwg_regions(rdf)
    if regions is not None:
        return regions
    description = rdf.find(tag(RDF, "Description"))
    if description is None:
        description = ET.SubElement(rdf, tag(RDF, "Description"), {tag(RDF, "about"): ""})
    return ET.SubElement(description, _REGIONS)


def _extensions(holder: ET.Element) -> ET.Element | None:
    found = holder.find(_EXTENSIONS)
    return None if found is None else inner(found)


def _set_name(holder: ET.Element, face: FaceRegion, name: str) -> None:
    set_text(holder, _NAME, name)
    set_text(holder, _DESCRIPTION, face.description)


def _set_area(holder: ET.Element, box: Box) -> None:
    olds = holder.findall(_AREA)
    place = list(holder).index(olds[0]) if olds else len(holder)
    for old in olds:
        holder.remove(old)
    x, y = box.centre
    shares = {"x": x, "y": y, "w": box.width, "h": box.height}
    attributes = {tag(AREA, name): f"{share:.6f}" for name, share in shares.items()}
    holder.insert(place, ET.Element(_AREA, attributes | {tag(AREA, "unit"): "normalized"}))


def _box(holder: ET.Element, applied_px: tuple[float, float]) -> Box | None:
    area = holder.find(_AREA)
    if area is None:
        return None
    fields = inner(area)
    x, y, width, height = (number(fields, tag(AREA, name)) for name in ("x", "y", "w", "h"))
    if text(fields, tag(AREA, "unit")) == "pixel":
        width_px, height_px = applied_px
        x, y, width, height = x / width_px, y / height_px, width / width_px, height / height_px
    return region_box(x - width / 2, y - height / 2, width, height)
