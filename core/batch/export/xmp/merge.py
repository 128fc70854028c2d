"""Faces put into a packet that may know some of them already."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from core.batch.export.xmp import iptc, microsoft, mwg
from core.batch.export.xmp.face_region import FaceRegion, reads_like_own_name
from core.batch.export.xmp.known_region import KnownRegion, matches
from core.batch.export.xmp.orientation import UPRIGHT, stored_box, stored_size
from core.batch.export.xmp.packet import RDF, Packet, tag
from core.batch.export.xmp.rdf import child
from core.types import Box


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture that regions refer to.

    Attributes:
        upright_px: width and height as it is seen.
        orientation: EXIF's, 1-8: how the stored picture is turned to be seen.
    """

    upright_px: tuple[int, int]
    orientation: int

    @property
    def stored_px(self) -> tuple[int, int]:
        return stored_size(self.upright_px, self.orientation)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Which regions of a list show which faces, and how the list's picture is turned."""

    regions: list[KnownRegion]
    by_face: dict[int, KnownRegion]
    orientation: int

    def box(self, face: FaceRegion) -> Box:
        return stored_box(face.box, self.orientation)


def merge_faces(
    packet: Packet, others: Sequence[Packet], faces: Sequence[FaceRegion], picture: Picture
) -> None:
    """Say in `packet` what is known of the faces, each in the region that shows it already.

    A face without a region gets one. Names that people gave stay, and so does whatever else is
    said; only regions that an export made move, and go with the face that they showed.

    Args:
        others: what else is known of the same picture, the most trusted first. Its regions
            become the packet's where that has none but Visage's own, and its names are taken
            for faces that the packet has no name for.
    """
    _adopt_regions(packet, others)
    in_mwg, in_microsoft = _found(packet.rdf, faces, picture)
    elsewhere = _names(others, faces, picture) | _iptc_names(packet, faces, picture)
    names = _names_for(in_mwg, in_microsoft, elsewhere)
    for number, face in enumerate(faces):
        name = names.get(number, face.name)
        region, people_tag = in_mwg.by_face.get(number), in_microsoft.by_face.get(number)
        if region is not None:
            mwg.describe_mwg(region, face, in_mwg.box(face), name)
        if people_tag is not None:
            microsoft.describe_microsoft(people_tag, face, in_microsoft.box(face), name)
        if region is None and people_tag is None:
            mwg.add_mwg(packet.rdf, face, in_mwg.box(face), name)
    _forget_others(in_mwg, mwg.forget_mwg)
    _forget_others(in_microsoft, microsoft.forget_microsoft)
    items = mwg.mwg_items(packet.rdf)
    if items and (all(map(mwg.is_own_mwg, items)) or mwg.applied_size(packet.rdf) is None):
        mwg.set_applied_size(packet.rdf, stored_size(picture.upright_px, in_mwg.orientation))


def _forget_others(found: _Found, forget: Callable[[KnownRegion], None]) -> None:
    """Take back what Visage said of faces that are no more; what a person said stays."""
    kept = {id(region) for region in found.by_face.values()}
    for region in found.regions:
        if id(region) not in kept:
            forget(region)


def _adopt_regions(packet: Packet, others: Sequence[Packet]) -> None:
    """Take over the lists that a new sidecar would hide.

    Programs that find regions in a sidecar pass over those in the picture.
    """
    if _has_regions(packet.rdf):
        return
    for other in others:
        if _has_regions(other.rdf):
            for find in (mwg.mwg_regions, microsoft.microsoft_regions):
                _replace(packet, find(packet.rdf), find(other.rdf))
            for namespace, prefix in other.prefixes.items():
                packet.prefixes.setdefault(namespace, prefix)
            return


def _has_regions(rdf: ET.Element) -> bool:
    """Whether somebody else than Visage made a region."""
    return not (
        all(map(mwg.is_own_mwg, mwg.mwg_items(rdf)))
        and all(map(microsoft.is_own_microsoft, microsoft.microsoft_items(rdf)))
    )


def _replace(packet: Packet, old: ET.Element | None, new: ET.Element | None) -> None:
    if new is None:
        return
    if old is not None:
        for description in packet.rdf.findall(tag(RDF, "Description")):
            if old in list(description):
                description.remove(old)
    description = child(packet.rdf, tag(RDF, "Description"))
    description.attrib.setdefault(tag(RDF, "about"), "")
    description.append(deepcopy(new))


def _names_for(in_mwg: _Found, in_microsoft: _Found, elsewhere: dict[int, str]) -> dict[int, str]:
    """The names of faces by their number: the packet's own, else those that it does not know."""
    known = {region.person for found in (in_mwg, in_microsoft) for region in found.regions}
    names = {number: name for number, name in elsewhere.items() if name not in known}
    for found in (in_microsoft, in_mwg):
        names.update(_people(found))
    return names


def _people(found: _Found) -> dict[int, str]:
    """The names to give other regions of the same faces, by the number of the face."""
    return {
        number: region.person
        for number, region in found.by_face.items()
        if region.person is not None and not reads_like_own_name(region.person)
    }


def _names(
    packets: Sequence[Packet], faces: Sequence[FaceRegion], picture: Picture
) -> dict[int, str]:
    """What people call the faces, by the number of the face."""
    names: dict[int, str] = {}
    for packet in packets:
        for found in _found(packet.rdf, faces, picture):
            names = _people(found) | names
        names = _iptc_names(packet, faces, picture) | names
    return names


def _iptc_names(packet: Packet, faces: Sequence[FaceRegion], picture: Picture) -> dict[int, str]:
    """What regions say whose list Visage leaves as it is, by the number of the face."""
    regions = iptc.iptc_people(packet.rdf, picture.stored_px)
    found = _best(regions, faces, (picture.orientation, UPRIGHT))
    return {number: region.name for number, region in found.by_face.items() if region.name}


def _found(rdf: ET.Element, faces: Sequence[FaceRegion], picture: Picture) -> tuple[_Found, _Found]:
    """The regions of the working group and of Microsoft that show the faces.

    Where all are Visage's own they are to be written as the picture is stored, whatever they were.
    """
    orientations = _orientations(mwg.applied_size(rdf), picture)
    found = (
        _best(mwg.mwg_faces(rdf, picture.stored_px), faces, orientations),
        _best(microsoft.microsoft_faces(rdf), faces, orientations),
    )
    if _has_regions(rdf):
        return found
    in_mwg, in_microsoft = (replace(one, orientation=picture.orientation) for one in found)
    return in_mwg, in_microsoft


def _orientations(applied_px: tuple[float, float] | None, picture: Picture) -> tuple[int, int]:
    """How the picture that a list refers to may be turned, the likelier first."""
    is_turned = picture.stored_px != picture.upright_px
    says_upright = applied_px is not None and _is_wide(applied_px) == _is_wide(picture.upright_px)
    if is_turned and says_upright:
        return UPRIGHT, picture.orientation
    return picture.orientation, UPRIGHT


def _is_wide(size_px: tuple[float, float]) -> bool:
    width_px, height_px = size_px
    return width_px > height_px


def _best(
    regions: list[KnownRegion], faces: Sequence[FaceRegion], orientations: tuple[int, int]
) -> _Found:
    """What fits most faces: programs differ in what they take for the picture."""
    found = [
        _Found(regions, matches([stored_box(face.box, one) for face in faces], regions), one)
        for one in orientations
    ]
    return max(found, key=lambda one: len(one.by_face))  # of equals, the first
