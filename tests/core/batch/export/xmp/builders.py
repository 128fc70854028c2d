"""Photos with one white face, sidecars as other programs write them, and what exiftool reads."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image as Pillow

from core.batch.export.report import ExportReport
from core.batch.export.xmp.orientation import stored_box
from core.batch.export.xmp.sidecar import write_xmp_sidecars
from core.batch.export.xmp.sidecar_name import SidecarName
from core.batch.outcome import PhotoAnswer
from core.batch.record import Job
from core.batch.scan import FoundPhoto
from core.batch.store import BatchStore
from core.sources.photo import load_photo
from core.types import Box
from tests.core.batch.builders import RECIPE, make_face, photos_of

needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="needs exiftool (libimage-exiftool-perl)"
)
needs_exiv2 = pytest.mark.skipif(shutil.which("exiv2") is None, reason="needs exiv2")

STORED_SIZE = (120, 80)
STORED_FACE = Box(12, 8, 42, 38)
"""Where the face is in the file's own px, whatever its orientation."""

FACE_SHARES = Box(12 / 120, 8 / 80, 42 / 120, 38 / 80)
ELSEWHERE = Box(0.8, 0.8, 0.95, 0.95)


def write_turned(path: Path, orientation: int = 1, xmp: str = "") -> Path:
    """A photo with a white face on black, to be turned by `orientation`, with XMP within."""
    picture = Pillow.new("RGB", STORED_SIZE)
    white = Pillow.new("RGB", (int(STORED_FACE.width), int(STORED_FACE.height)), "white")
    picture.paste(white, (int(STORED_FACE.left), int(STORED_FACE.top)))
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    picture.save(path, exif=exif, quality=95, xmp=xmp.encode())
    return path


def white_box(path: Path) -> Box:
    """Where the face is in the upright photo: found in the pixels that the app sees."""
    bounds = (
        Pillow.fromarray(load_photo(path).image)
        .convert("L")
        .point(lambda value: 255 if value > 128 else 0)
        .getbbox()
    )
    assert bounds is not None
    return Box(*bounds)


def label(store: BatchStore, path: Path, box: Box | None = None) -> Job:
    """A job that found the face where the pixels show it, or in `box`."""
    job = store.create_job("job", [path], RECIPE)
    status = path.stat()
    store.add_findings(job.id, [FoundPhoto(path, status.st_size, status.st_mtime_ns)])
    photo = load_photo(path)
    answer = PhotoAnswer(
        store.waiting_photos(job.id, 0, 1)[0].id,
        str(path).encode(),
        photo.width_px,
        photo.height_px,
        [make_face(34.2, box=box or white_box(path))],
    )
    store.store_outcomes(RECIPE.to_text(), [answer])
    return job


def export(store: BatchStore, job: Job, name: SidecarName = SidecarName.AUTO) -> ExportReport:
    return write_xmp_sidecars(photos_of(store, job), name=name)


def upright_shares(orientation: int) -> Box:
    """Where the face is in the upright photo, in shares of its sides."""
    back = {6: 8, 8: 6}.get(orientation, orientation)
    return stored_box(FACE_SHARES, back)


def mwg(
    name: str, box: Box = FACE_SHARES, unit: str = "normalized", more: str = "", kind: str = "Face"
) -> str:
    """A region as the Metadata Working Group describes it."""
    x, y = box.centre
    return (
        f"<rdf:li rdf:parseType='Resource'><mwg-rs:Area rdf:parseType='Resource'>"
        f"<stArea:x>{x}</stArea:x><stArea:y>{y}</stArea:y><stArea:w>{box.width}</stArea:w>"
        f"<stArea:h>{box.height}</stArea:h><stArea:unit>{unit}</stArea:unit></mwg-rs:Area>"
        f"<mwg-rs:Name>{name}</mwg-rs:Name><mwg-rs:Type>{kind}</mwg-rs:Type>{more}</rdf:li>"
    )


def people_tag(name: str, box: Box = FACE_SHARES) -> str:
    """A people tag of Microsoft's."""
    return (
        f"<rdf:li rdf:parseType='Resource'>"
        f"<MPReg:PersonDisplayName>{name}</MPReg:PersonDisplayName>"
        f"<MPReg:Rectangle>{box.left}, {box.top}, {box.width}, {box.height}</MPReg:Rectangle>"
        f"</rdf:li>"
    )


def xmp(
    regions: Iterable[str] = (),
    tags: Iterable[str] = (),
    applied: tuple[int, int] | None = STORED_SIZE,
    more: str = "",
) -> str:
    """A packet with regions, people tags, and whatever else."""
    size = (
        ""
        if applied is None
        else (
            f"<mwg-rs:AppliedToDimensions stDim:w='{applied[0]}' stDim:h='{applied[1]}'"
            f" stDim:unit='pixel'/>"
        )
    )
    lists = (
        (
            f"<mwg-rs:Regions rdf:parseType='Resource'>{size}<mwg-rs:RegionList><rdf:Bag>"
            f"{''.join(regions)}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
        )
        if regions
        else ""
    )
    people = (
        (
            f"<MP:RegionInfo rdf:parseType='Resource'><MPRI:Regions><rdf:Bag>{''.join(tags)}"
            f"</rdf:Bag></MPRI:Regions></MP:RegionInfo>"
        )
        if tags
        else ""
    )
    return (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about=''"
        " xmlns:mwg-rs='http://www.metadataworkinggroup.com/schemas/regions/'"
        " xmlns:stArea='http://ns.adobe.com/xmp/sType/Area#'"
        " xmlns:stDim='http://ns.adobe.com/xap/1.0/sType/Dimensions#'"
        " xmlns:MP='http://ns.microsoft.com/photo/1.2/'"
        " xmlns:MPRI='http://ns.microsoft.com/photo/1.2/t/RegionInfo#'"
        " xmlns:MPReg='http://ns.microsoft.com/photo/1.2/t/Region#'"
        " xmlns:xmp='http://ns.adobe.com/xap/1.0/'"
        f" xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>{lists}{people}{more}"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


RATING = "<xmp:Rating>4</xmp:Rating>"


_LISTS = {
    "mwg": "{http://www.metadataworkinggroup.com/schemas/regions/}RegionList",
    "microsoft": "{http://ns.microsoft.com/photo/1.2/t/RegionInfo#}Regions",
}


def regions_of(sidecar: Path, dialect: str = "mwg") -> list[dict[str, str]]:
    """What is said of each region, by the local names of the fields; `visage:Age` is "Age"."""
    root = ElementTree.parse(sidecar).getroot()
    items = (item for array in root.iter(_LISTS[dialect]) for item in array[0])
    return [_fields(item) for item in items]


def _fields(item: ElementTree.Element) -> dict[str, str]:
    fields = {}
    for field in item.iter():
        attributes = {name.partition("}")[2]: value for name, value in field.items()}
        fields.update(attributes if len(field) else {_key(field): _text(field), **attributes})
    return fields


def _text(field: ElementTree.Element) -> str:
    return (field.text or "").strip()


def _key(field: ElementTree.Element) -> str:
    """The local name, with a mark before that of Visage's own `Name`."""
    namespace, _, name = field.tag.partition("}")
    return f"own {name}" if name == "Name" and "visage" in namespace else name


def names_of(sidecar: Path) -> list[str]:
    """The names of all regions, in both dialects."""
    people = [region["PersonDisplayName"] for region in regions_of(sidecar, "microsoft")]
    return [region.get("Name", "") for region in regions_of(sidecar)] + people


def exiftool(*arguments: str | Path) -> str:
    command = ["exiftool", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def region_info(sidecar: Path) -> dict[str, Any]:
    (found,) = json.loads(exiftool("-json", "-struct", "-RegionInfo", sidecar))
    info: dict[str, Any] = found["RegionInfo"]
    return info


def said(region: dict[str, Any]) -> dict[str, Any]:
    """What is said of a face in Visage's own namespace."""
    return {name.removeprefix("XMP-visage:"): value for name, value in region["Extensions"].items()}


def area_px(region: dict[str, Any]) -> tuple[float, ...]:
    """Left, top, right, bottom in px of the stored picture."""
    area, (width, height) = region["Area"], STORED_SIZE
    assert area["Unit"] == "normalized"
    x, y, w, h = area["X"] * width, area["Y"] * height, area["W"] * width, area["H"] * height
    return x - w / 2, y - h / 2, x + w / 2, y + h / 2
