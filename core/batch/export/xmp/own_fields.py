"""Visage's own fields within a region: what it said the last time, and what it says now."""

import xml.etree.ElementTree as ET

from core.batch.export.xmp.face_region import FaceRegion
from core.batch.export.xmp.packet import VISAGE, tag
from core.batch.export.xmp.rdf import text

_NAME = tag(VISAGE, "Name")
_NAME_ADDED = tag(VISAGE, "NameAdded")


def set_fields(
    holder: ET.Element, face: FaceRegion, *, is_made: bool = False, adds_name: bool = False
) -> None:
    """Say in place of what was said before.

    Args:
        holder: where the fields of the region may be.
        is_made: whether Visage made the region, and named it.
        adds_name: whether somebody else made the region, and gave it no name.
    """
    remove_fields(holder)
    named = [("Name", face.name)] if is_made or adds_name else []
    added = [("NameAdded", "True")] if adds_name else []
    for name, value in (*face.fields, *named, *added):
        ET.SubElement(holder, tag(VISAGE, name)).text = value


def remove_fields(holder: ET.Element) -> None:
    ours = f"{{{VISAGE}}}"
    for name in [name for name in holder.attrib if name.startswith(ours)]:
        del holder.attrib[name]
    for child in [child for child in holder if str(child.tag).startswith(ours)]:
        holder.remove(child)


def is_own_name(holder: ET.Element | None, name: str | None) -> bool:
    """Whether a region's name is one that Visage gave: only its own field says so.

    A name such as "23" or "female" may be a person's choice, however much it reads like Visage's.
    """
    return holder is not None and name is not None and name == text(holder, _NAME)


def is_name_added(holder: ET.Element | None) -> bool:
    """Whether only the name is Visage's, and not the region."""
    return holder is not None and text(holder, _NAME_ADDED) is not None
