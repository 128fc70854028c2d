"""What exiftool and exiv2 make of a sidecar, and what Visage makes of theirs.

digiKam and darktable write with exiv2, Immich and PhotoPrism read with exiftool.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from core.batch.correction import correct_face
from core.batch.export.xmp.sidecar_name import full_path
from core.batch.record import Correction, Job
from core.batch.store import BatchStore
from tests.core.batch.builders import photos_of
from tests.core.batch.export.xmp.builders import (
    ELSEWHERE,
    RATING,
    area_px,
    exiftool,
    export,
    label,
    mwg,
    names_of,
    needs_exiftool,
    needs_exiv2,
    people_tag,
    region_info,
    regions_of,
    said,
    write_turned,
    xmp,
)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_turned(tmp_path / "a.jpg", 6)


def exiv2(*arguments: str | Path) -> str:
    command = ["exiv2", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def correct(store: BatchStore, job: Job, age_years: float) -> None:
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(age_years))


def people(sidecar: Path) -> list[dict[str, Any]]:
    (found,) = json.loads(exiftool("-json", "-struct", "-RegionInfoMP", sidecar))
    tags: list[dict[str, Any]] = found["RegionInfoMP"]["Regions"]
    return tags


@needs_exiftool
def test_exiftool_reads_what_is_said_of_a_people_tag(store: BatchStore, photo: Path) -> None:
    full_path(photo).write_text(xmp(tags=[people_tag("Ann")]))
    export(store, label(store, photo))
    (tag,) = people(full_path(photo))
    assert (tag["PersonDisplayName"], tag["Age"], tag["Gender"]) == ("Ann", 34.2, "female")
    assert exiftool("-validate", "-warning", "-a", full_path(photo)).count("Warning") == 0


REWRITES = {
    "exiftool adds a tag": (exiftool, ["-q", "-overwrite_original", "-Subject=holiday"]),
    "exiftool adds a region": (
        exiftool,
        [
            "-q",
            "-overwrite_original",
            "-RegionList+={Area={X=0.9,Y=0.9,W=0.05,H=0.05,Unit=normalized},Name=Eve,Type=Face}",
        ],
    ),
    "exiv2 adds a tag": (exiv2, ["-Madd Xmp.dc.subject XmpBag holiday"]),
    "exiv2 renames a region": (
        exiv2,
        ["-Mset Xmp.mwg-rs.Regions/mwg-rs:RegionList[2]/mwg-rs:Name XmpText Bea"],
    ),
}


@needs_exiftool
@needs_exiv2
@pytest.mark.parametrize("rewrite", REWRITES)
def test_another_program_may_write_a_sidecar_between_two_exports(
    store: BatchStore, photo: Path, rewrite: str
) -> None:
    job = label(store, photo)
    full_path(photo).write_text(xmp([mwg("Rex", ELSEWHERE, kind="Pet")], more=RATING))
    export(store, job)
    program, arguments = REWRITES[rewrite]
    program(*arguments, full_path(photo))
    correct(store, job, 50)
    assert export(store, job).failures == []
    regions = region_info(full_path(photo))["RegionList"]
    known = [one for one in regions if "Extensions" in one]
    assert len(known) == 1
    assert said(known[0])["Age"] == 50
    name = "Bea" if "rename" in rewrite else "female 50"
    assert known[0]["Name"] == name
    assert next(one["Name"] for one in regions if one is not known[0]) == "Rex"
    text = exiftool("-json", "-Rating", "-Subject", full_path(photo))
    assert '"Rating": 4' in text
    assert ("holiday" in text) is ("adds a tag" in rewrite)
    assert exiftool("-validate", "-warning", "-a", full_path(photo)).count("Warning") == 0


@needs_exiv2
def test_exiv2_reads_every_field_and_writes_the_same_again(store: BatchStore, photo: Path) -> None:
    full_path(photo).write_text(xmp(tags=[people_tag("Ann")]))
    export(store, label(store, photo))
    before = exiv2("-px", full_path(photo))
    for part in ("MPReg:PersonDisplayName", "visage:Age", "visage:Gender"):
        assert part in before
    exiv2("-Mset Xmp.xmp.Rating 5", full_path(photo))
    after = exiv2("-px", full_path(photo))
    assert set(before.splitlines()) <= set(after.splitlines())
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["Ann"]


@needs_exiv2
def test_regions_that_exiv2_wrote_the_way_of_digikam_keep_their_names(
    store: BatchStore, photo: Path
) -> None:
    """It empties both lists, and writes name, type and place of each region."""
    job = label(store, photo)
    export(store, job)
    (region,) = regions_of(full_path(photo))
    x, y, width, height = (float(region[side]) for side in "xywh")
    mwg_key, people_key = (
        "Xmp.mwg-rs.Regions/mwg-rs:RegionList",
        "Xmp.MP.RegionInfo/MPRI:Regions",
    )
    sides = f"{x - width / 2}, {y - height / 2}, {width}, {height}"
    changes = [
        *(f"del {key}" for key in exiv2("-PXk", full_path(photo)).split() if mwg_key in key),
        f"set {mwg_key} XmpText type=Bag",
        f"set {mwg_key}[1]/mwg-rs:Name XmpText female 34",
        f"set {mwg_key}[1]/mwg-rs:Type XmpText Face",
        *(
            f"set {mwg_key}[1]/mwg-rs:Area/stArea:{side} XmpText {region[side]}"
            for side in ("x", "y", "w", "h", "unit")
        ),
        f"set {people_key} XmpText type=Bag",
        f"set {people_key}[1]/MPReg:Rectangle XmpText {sides}",
        f"set {people_key}[1]/MPReg:PersonDisplayName XmpText female 34",
    ]
    exiv2(*(f"-M{change}" for change in changes), full_path(photo))
    assert "visage:Age" not in full_path(photo).read_text("utf-8")
    correct(store, job, 50)
    export(store, job)
    assert names_of(full_path(photo)) == ["female 34", "female 34"]
    assert full_path(photo).read_text("utf-8").count("<visage:Age>50<") == 2


@needs_exiftool
@pytest.mark.parametrize("orientation", range(1, 9))
def test_regions_that_exiftool_embedded_are_found_in_every_orientation(
    store: BatchStore, tmp_path: Path, orientation: int
) -> None:
    path = write_turned(tmp_path / "a.jpg", orientation)
    area = "{X=0.225,Y=0.2875,W=0.25,H=0.375,Unit=normalized}"
    exiftool(
        "-q",
        "-overwrite_original",
        f"-RegionInfo={{AppliedToDimensions={{W=120,H=80,Unit=pixel}},"
        f"RegionList=[{{Area={area},Name=Ann,Type=Face}}]}}",
        path,
    )
    export(store, label(store, path))
    (region,) = region_info(full_path(path))["RegionList"]
    assert (region["Name"], said(region)["Age"]) == ("Ann", 34.2)
    assert area_px(region) == pytest.approx((12, 8, 42, 38), abs=0.1)


@needs_exiftool
@pytest.mark.parametrize("place", ["within", "beside"])
@pytest.mark.parametrize(
    "boundary",
    [
        "RbShape=rectangle,RbUnit=relative,RbX=0.1,RbY=0.1,RbW=0.25,RbH=0.375",
        "RbShape=rectangle,RbUnit=pixel,RbX=12,RbY=8,RbW=30,RbH=30",
        "RbShape=circle,RbUnit=relative,RbX=0.225,RbY=0.2875,RbRx=0.125",
        "RbShape=circle,RbUnit=pixel,RbX=27,RbY=23,RbRx=15",
        "RbShape=polygon,RbUnit=relative,"
        "RbVertices=[{RbX=0.1,RbY=0.1},{RbX=0.35,RbY=0.2},{RbX=0.2,RbY=0.475}]",
    ],
)
def test_a_face_that_a_region_of_the_iptc_names_has_that_name(
    store: BatchStore, photo: Path, boundary: str, place: str
) -> None:
    target = photo if place == "within" else full_path(photo)
    region = f"{{RegionBoundary={{{boundary}}},Name=portrait,PersonInImage=[Ann]}}"
    other = "RbShape=rectangle,RbUnit=relative,RbX=0.7,RbY=0.7,RbW=0.2,RbH=0.2"
    elsewhere = f"{{RegionBoundary={{{other}}},Name=Bo}}"
    exiftool("-q", "-overwrite_original", f"-ImageRegion=[{region},{elsewhere}]", target)
    before = json.loads(exiftool("-j", "-struct", "-ImageRegion", target))[0]["ImageRegion"]
    job = label(store, photo)
    for _ in range(2):
        export(store, job)
        assert names_of(full_path(photo)) == ["Ann"]
    if place == "beside":
        after = json.loads(exiftool("-j", "-struct", "-ImageRegion", full_path(photo)))
        assert after[0]["ImageRegion"] == before


@needs_exiftool
@pytest.mark.parametrize("boundary", ["RbShape=polygon,RbUnit=relative", "RbX=0.1,RbW=0.2"])
def test_a_region_of_the_iptc_without_a_place_names_nobody(
    store: BatchStore, photo: Path, boundary: str
) -> None:
    region = f"-ImageRegion=[{{RegionBoundary={{{boundary}}},Name=Ann}}]"
    exiftool("-q", "-overwrite_original", region, photo)
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["female 34"]
