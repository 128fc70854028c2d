"""Structures and their fields, in each of the ways in which RDF allows to write them."""

import xml.etree.ElementTree as ET

from core.batch.export.xmp.packet import RDF, XML, tag


def inner(structure: ET.Element) -> ET.Element:
    """The element with a structure's fields: itself, or the Description within."""
    description = structure.find(tag(RDF, "Description"))
    return structure if description is None else description


def writable(structure: ET.Element) -> ET.Element:
    """The same, made ready for fields that are elements."""
    description = structure.find(tag(RDF, "Description"))
    if description is not None:
        return description
    _unfold(structure)
    structure.set(tag(RDF, "parseType"), "Resource")
    return structure


def _unfold(structure: ET.Element) -> None:
    """Make elements of fields that are attributes: beside rdf:parseType, RDF forbids those."""
    names = [name for name in structure.attrib if not name.startswith((f"{{{RDF}}}", f"{{{XML}}}"))]
    for name in names:
        ET.SubElement(structure, name).text = structure.attrib.pop(name)


def child(parent: ET.Element, name: str) -> ET.Element:
    """The element of that name, made where there is none."""
    found = parent.find(name)
    return ET.SubElement(parent, name) if found is None else found


def text(holder: ET.Element, name: str) -> str | None:
    """A simple field, which may be an attribute or an element; None where it says nothing.

    Of a text in several languages, the first.
    """
    found = holder.find(name)
    texts = [holder.get(name, ""), *(() if found is None else found.itertext())]
    return next((text.strip() for text in texts if text.strip()), None)


def number(holder: ET.Element, name: str) -> float:
    """The number that a field holds, or not a number."""
    try:
        return float(text(holder, name) or "nan")
    except ValueError:
        return float("nan")


def set_text(holder: ET.Element, name: str, value: str) -> None:
    holder.attrib.pop(name, None)
    field = child(holder, name)
    field.clear()
    field.text = value


def items(array: ET.Element | None) -> list[ET.Element]:
    """The elements of a Bag or a Seq within."""
    found = None if array is None else list_in(array)
    return [] if found is None else found.findall(tag(RDF, "li"))


def list_in(array: ET.Element) -> ET.Element | None:
    lists = (array.find(tag(RDF, kind)) for kind in ("Bag", "Seq"))
    return next((found for found in lists if found is not None), None)
