"""XMP sidecars, `photo.jpg.xmp` beside `photo.jpg`, with the faces as MWG regions.

What a sidecar holds already stays: a face that someone named keeps its name and gets age and
gender besides; only regions that an earlier export made, and that nobody touched, are replaced.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from core.batch.export.change_check import check_unchanged
from core.batch.export.report import ExportReport
from core.batch.export.whole_file import whole_file
from core.batch.export.xmp_region import Region, area_box, make_region
from core.batch.record import LabelledPhoto, PhotoState
from core.errors import ExportError, PhotoError
from core.sources.file_check import display_name
from core.sources.photo import stored_orientation
from core.types import Box

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MWG = "http://www.metadataworkinggroup.com/schemas/regions/"
AREA = "http://ns.adobe.com/xmp/sType/Area#"
DIMENSIONS = "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
META = "adobe:ns:meta/"
VISAGE = "urn:visage:xmp:face:1.0/"
XML = "http://www.w3.org/XML/1998/namespace"

_PREFIXES = {
    "rdf": RDF,
    "mwg-rs": MWG,
    "stArea": AREA,
    "stDim": DIMENSIONS,
    "x": META,
    "visage": VISAGE,
}
_SAME_FACE_OVERLAP = 0.4
_QUARTER_TURNS = (5, 6, 7, 8)
_EMPTY = f'<x:xmpmeta xmlns:x="{META}"><rdf:RDF xmlns:rdf="{RDF}"/></x:xmpmeta>'.encode()
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
_END = b'\n<?xpacket end="w"?>\n'


def write_xmp_sidecars(
    photos: Iterable[LabelledPhoto], report: ExportReport | None = None
) -> ExportReport:
    """Write or complete the sidecar of every photo with faces.

    A photo that is gone or was changed since, a folder that may not be written or a sidecar that
    cannot be understood is reported, and the others follow.

    Args:
        photos: whole ones; see `labelled_photos`.
        report: filled on the way, for whoever wants to know after an error too.
    """
    report = report or ExportReport()
    for photo in photos:
        if photo.facts.state is not PhotoState.DONE or not photo.faces:
            continue
        try:
            _write_sidecar(photo)
        except (ExportError, PhotoError) as error:
            report.failures.append((photo.path, str(error)))
        else:
            report.written_count += 1
    return report


def sidecar_path(photo: Path) -> Path:
    """Where digiKam, darktable and exiftool look for it."""
    return photo.with_name(photo.name + ".xmp")


def _write_sidecar(photo: LabelledPhoto) -> None:
    path = sidecar_path(photo.path)
    orientation = stored_orientation(photo.path)
    facts = photo.facts
    check_unchanged(facts)
    regions = [
        make_region(face, facts.width_px, facts.height_px, orientation) for face in photo.faces
    ]
    size_px = facts.width_px, facts.height_px
    stored_size_px = size_px[::-1] if orientation in _QUARTER_TURNS else size_px
    merged = merge_regions(_existing(path), regions, stored_size_px, display_name(path))
    with whole_file(path) as stream:
        stream.write(merged)


def merge_regions(
    sidecar: bytes, regions: Iterable[Region], size_px: tuple[int, int], name: str
) -> bytes:
    """A sidecar with these regions added to what it holds.

    Args:
        sidecar: an XMP file.
        size_px: width and height of the stored picture.
        name: of the sidecar, for the message.

    Raises:
        ExportError: if the sidecar cannot be understood.
    """
    root = _parsed(sidecar, name)
    rdf = root if root.tag == _tag(RDF, "RDF") else root.find(_tag(RDF, "RDF"))
    if rdf is None:
        raise ExportError(f"{name} is no XMP that Visage understands; it was left as it is.")
    bag = _region_bag(rdf, size_px)
    left = {id(item): item for item in bag if _is_ours_untouched(item)}
    for region in regions:
        item = _item_at(bag, region.box)
        if item is None:
            item = ET.SubElement(bag, _tag(RDF, "li"))
        left.pop(id(item), None)
        _describe(item, region)
    for item in left.values():
        bag.remove(item)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8")
    return _BEGIN + text + _END


def _existing(path: Path) -> bytes:
    try:
        return path.read_bytes() or _EMPTY
    except FileNotFoundError:
        return _EMPTY
    except OSError as error:
        raise ExportError(f"{path.name} could not be read ({error.strerror}).") from error


def _parsed(sidecar: bytes, name: str) -> ET.Element:
    try:
        for _, (prefix, uri) in ET.iterparse(BytesIO(sidecar), events=["start-ns"]):
            _register(prefix, uri)
        parser = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True, insert_pis=True))
        root = ET.fromstring(sidecar, parser)
    except (ET.ParseError, ValueError, LookupError) as error:
        # The latter two: an encoding that expat cannot read, or that nobody knows.
        raise ExportError(f"{name} could not be read ({error}); it was left as it is.") from error
    for prefix, uri in _PREFIXES.items():
        _register(prefix, uri)
    return root


def _register(prefix: str, uri: str) -> None:
    """Let a namespace keep its prefix when it is written again; a few are reserved."""
    if prefix and not re.fullmatch(r"ns\d+", prefix):
        ET.register_namespace(prefix, uri)


def _tag(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


def _region_bag(rdf: ET.Element, size_px: tuple[int, int]) -> ET.Element:
    """The list of regions, made where it is missing; the dimensions are brought up to date."""
    regions = rdf.find(f"{_tag(RDF, 'Description')}/{_tag(MWG, 'Regions')}")
    if regions is None:
        description = rdf.find(_tag(RDF, "Description"))
        if description is None:
            description = ET.SubElement(rdf, _tag(RDF, "Description"), {_tag(RDF, "about"): ""})
        regions = ET.SubElement(description, _tag(MWG, "Regions"))
    holder = _holder(regions)
    for old in holder.findall(_tag(MWG, "AppliedToDimensions")):
        holder.remove(old)
    width_px, height_px = size_px
    dimensions = {"w": str(width_px), "h": str(height_px), "unit": "pixel"}
    attributes = {_tag(DIMENSIONS, name): value for name, value in dimensions.items()}
    holder.insert(0, ET.Element(_tag(MWG, "AppliedToDimensions"), attributes))
    region_list = _child(holder, _tag(MWG, "RegionList"))
    for kind in ("Bag", "Seq"):
        bag = region_list.find(_tag(RDF, kind))
        if bag is not None:
            return bag
    return ET.SubElement(region_list, _tag(RDF, "Bag"))


def _holder(structure: ET.Element) -> ET.Element:
    """The element with a structure's fields: itself, or the Description within; RDF has both."""
    inner = structure.find(_tag(RDF, "Description"))
    if inner is not None:
        return inner
    _unfold(structure)
    structure.set(_tag(RDF, "parseType"), "Resource")
    return structure


def _unfold(structure: ET.Element) -> None:
    """Make elements of fields that are attributes: beside rdf:parseType, RDF forbids those."""
    names = [name for name in structure.attrib if not name.startswith((f"{{{RDF}}}", f"{{{XML}}}"))]
    for name in names:
        ET.SubElement(structure, name).text = structure.attrib.pop(name)


def _child(parent: ET.Element, tag: str) -> ET.Element:
    found = parent.find(tag)
    return ET.SubElement(parent, tag) if found is None else found


def _describe(item: ET.Element, region: Region) -> None:
    """Say in a region what is known; the place and the name that someone gave stay."""
    holder = _holder(item)
    if not _value(holder, MWG, "Name") or _is_ours_untouched(item):
        _set_value(holder, MWG, "Name", region.name)
        _set_value(holder, MWG, "Description", region.description)
    if not _value(holder, MWG, "Type"):
        _set_value(holder, MWG, "Type", "Face")
    if _area(holder) is None:
        _set_area(holder, region)
    extensions = _holder(_child(holder, _tag(MWG, "Extensions")))
    _remove_ours(extensions)
    for name, value in (*region.fields, ("Name", region.name)):
        ET.SubElement(extensions, _tag(VISAGE, name)).text = value


def _remove_ours(extensions: ET.Element) -> None:
    ours = f"{{{VISAGE}}}"
    for name in [name for name in extensions.attrib if name.startswith(ours)]:
        del extensions.attrib[name]
    for child in [child for child in extensions if str(child.tag).startswith(ours)]:
        extensions.remove(child)


def _set_area(holder: ET.Element, region: Region) -> None:
    shares = {"x": region.x, "y": region.y, "w": region.width, "h": region.height}
    attributes = {_tag(AREA, name): f"{share:.6f}" for name, share in shares.items()}
    attributes[_tag(AREA, "unit")] = "normalized"
    ET.SubElement(holder, _tag(MWG, "Area"), attributes)


def _is_ours_untouched(item: ET.Element) -> bool:
    """Whether an export made this region and its name is still the one it gave."""
    holder = _inner(item)
    extensions = holder.find(_tag(MWG, "Extensions"))
    if extensions is None:
        return False
    given = _value(_inner(extensions), VISAGE, "Name")
    return given is not None and given == _value(holder, MWG, "Name")


def _item_at(bag: ET.Element, box: Box) -> ET.Element | None:
    """The region that shows the same face."""
    overlaps = {item: found.intersection_over_union(box) for item, found in _face_areas(bag)}
    best = max(overlaps, key=lambda item: overlaps[item], default=None)
    return best if best is not None and overlaps[best] >= _SAME_FACE_OVERLAP else None


def _face_areas(bag: ET.Element) -> Iterator[tuple[ET.Element, Box]]:
    for item in bag.findall(_tag(RDF, "li")):
        holder = _inner(item)
        area = _area(holder)
        if area is not None and _value(holder, MWG, "Type") in (None, "Face"):
            yield item, area


def _area(holder: ET.Element) -> Box | None:
    area = holder.find(_tag(MWG, "Area"))
    if area is None:
        return None
    texts = [_value(_inner(area), AREA, name) for name in ("x", "y", "w", "h")]
    try:
        return area_box(*(float(text or "") for text in texts))
    except ValueError:
        return None


def _inner(structure: ET.Element) -> ET.Element:
    inner = structure.find(_tag(RDF, "Description"))
    return structure if inner is None else inner


def _value(holder: ET.Element, namespace: str, name: str) -> str | None:
    """A simple field, which RDF allows as an attribute and as an element."""
    tag = _tag(namespace, name)
    return holder.get(tag) if tag in holder.attrib else holder.findtext(tag)


def _set_value(holder: ET.Element, namespace: str, name: str, value: str) -> None:
    holder.attrib.pop(_tag(namespace, name), None)
    _child(holder, _tag(namespace, name)).text = value
