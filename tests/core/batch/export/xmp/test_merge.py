"""Faces find their regions, whoever wrote them, and names stay."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.batch.correction import correct_face
from core.batch.export.xmp.known_region import KnownRegion, matches
from core.batch.export.xmp.orientation import stored_box
from core.batch.export.xmp.sidecar_name import full_path, short_path
from core.batch.record import Correction, Job
from core.batch.store import BatchStore
from core.types import Box
from tests.core.batch.builders import photos_of
from tests.core.batch.export.xmp.builders import (
    ELSEWHERE,
    FACE_SHARES,
    RATING,
    STORED_FACE,
    STORED_SIZE,
    export,
    label,
    mwg,
    names_of,
    people_tag,
    regions_of,
    upright_shares,
    write_turned,
    xmp,
)

OWN = (
    "<mwg-rs:Extensions rdf:parseType='Resource' xmlns:visage='urn:visage:xmp:face:1.0/'>"
    "<visage:Name>female 34</visage:Name></mwg-rs:Extensions>"
)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_turned(tmp_path / "a.jpg")


def correct(store: BatchStore, job: Job, age_years: float) -> None:
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(age_years))


@pytest.mark.parametrize("applied", [STORED_SIZE, None])
def test_a_region_in_pixels_keeps_its_name_and_its_area(
    store: BatchStore, photo: Path, applied: tuple[int, int] | None
) -> None:
    full_path(photo).write_text(xmp([mwg("Ann", STORED_FACE, "pixel")], applied=applied))
    export(store, label(store, photo))
    (region,) = regions_of(full_path(photo))
    assert (region["Name"], region["Age"], region["unit"]) == ("Ann", "34.2", "pixel")
    assert float(region["w"]) == STORED_FACE.width
    assert re.search(r"stDim:w=.120", full_path(photo).read_text("utf-8"))


def test_pixels_are_those_of_the_size_that_the_list_names(store: BatchStore, photo: Path) -> None:
    half = Box(*(side / 2 for side in (12, 8, 42, 38)))
    full_path(photo).write_text(xmp([mwg("Ann", half, "pixel")], applied=(60, 40)))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["Ann"]
    assert 'stDim:w="60"' in full_path(photo).read_text("utf-8")


@pytest.mark.parametrize("separator", [", ", " ", ","])
def test_a_people_tag_gets_age_and_gender_and_no_second_region(
    store: BatchStore, photo: Path, separator: str
) -> None:
    tag = people_tag("Ann").replace(", ", separator)
    full_path(photo).write_text(xmp(tags=[tag]))
    export(store, label(store, photo))
    (region,) = regions_of(full_path(photo), "microsoft")
    assert (region["PersonDisplayName"], region["Age"], region["Gender"]) == (
        "Ann",
        "34.2",
        "female",
    )
    assert regions_of(full_path(photo)) == []
    assert "RegionList" not in full_path(photo).read_text("utf-8")


@pytest.mark.parametrize("rectangle", ["", "0.1, 0.1", "a, b, c, d", "nan, 0, 1, 1", "0, 0, -1, 1"])
def test_a_people_tag_without_a_place_stays_as_it_is(
    store: BatchStore, photo: Path, rectangle: str
) -> None:
    tag = people_tag("Ann", Box(0, 0, 1, 1)).replace("0, 0, 1, 1", rectangle)
    full_path(photo).write_text(xmp(tags=[tag]))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["female 34", "Ann"]


@pytest.mark.parametrize("grow", [0.41, 0.6, 1.0, 1.4, 2.0, 2.4])
def test_a_box_that_another_program_drew_smaller_or_larger_is_the_same_face(
    store: BatchStore, photo: Path, grow: float
) -> None:
    full_path(photo).write_text(xmp([mwg("Ann", grown(grow))]))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["Ann"]


def known(box: Box) -> KnownRegion:
    return KnownRegion(ElementTree.Element("li"), ElementTree.Element("Bag"), box, "Ann", False)


def grown(times: float) -> Box:
    """The face's box so many times as wide and high."""
    x, y = FACE_SHARES.centre
    width, height = FACE_SHARES.width * times / 2, FACE_SHARES.height * times / 2
    return Box(x - width, y - height, x + width, y + height)


def test_a_box_three_times_as_wide_is_no_face() -> None:
    assert matches([FACE_SHARES], [known(grown(3))]) == {}


def test_a_very_large_box_with_another_face_within_shows_neither() -> None:
    wide, other = known(grown(2.4)), FACE_SHARES.moved(0.26, 0)
    assert matches([FACE_SHARES], [wide]) == {0: wide}
    assert matches([FACE_SHARES, other], [wide]) == {}


def test_a_very_small_box_beside_another_within_the_face_shows_neither() -> None:
    small, other = known(grown(0.41)), known(grown(0.1).moved(0.1, 0))
    assert matches([FACE_SHARES], [small]) == {0: small}
    assert matches([FACE_SHARES], [small, other]) == {}


@pytest.mark.parametrize("kind", ["Face", "face", "FACE"])
def test_a_face_may_be_written_small(store: BatchStore, photo: Path, kind: str) -> None:
    full_path(photo).write_text(xmp([mwg("Ann", kind=kind)]))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["Ann"]


@pytest.mark.parametrize(
    "region",
    [
        mwg("Ann", ELSEWHERE),
        mwg("Ann", FACE_SHARES.moved(0.14, 0)),
        mwg("Rex", kind="Pet"),
        mwg("", kind="Focus"),
        mwg("Ann", Box(0, 0, 0, 0)),
        mwg("Ann", unit="normalized").replace("<stArea:x>", "<stArea:x>about "),
    ],
)
def test_a_region_of_something_else_stays_as_it_is(
    store: BatchStore, photo: Path, region: str
) -> None:
    full_path(photo).write_text(xmp([region]))
    export(store, label(store, photo))
    other, face = regions_of(full_path(photo))
    assert face["Name"] == "female 34"
    assert "Age" not in other


def test_of_two_regions_that_overlap_a_face_the_nearer_is_its_own(
    store: BatchStore, photo: Path
) -> None:
    near = mwg("Ann", FACE_SHARES.moved(0.01, 0))
    full_path(photo).write_text(xmp([mwg("Bea", FACE_SHARES.moved(0.08, 0)), near]))
    export(store, label(store, photo))
    assert [(one["Name"], one.get("Age")) for one in regions_of(full_path(photo))] == [
        ("Bea", None),
        ("Ann", "34.2"),
    ]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("dialect", ["mwg", "microsoft"])
def test_regions_of_a_turned_photo_are_found_as_it_is_stored(
    store: BatchStore, tmp_path: Path, orientation: int, dialect: str
) -> None:
    path = write_turned(tmp_path / "a.jpg", orientation)
    content = xmp([mwg("Ann")]) if dialect == "mwg" else xmp(tags=[people_tag("Ann")])
    full_path(path).write_text(content)
    export(store, label(store, path))
    assert names_of(full_path(path)) == ["Ann"]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("dialect", ["mwg", "microsoft"])
def test_regions_of_a_turned_photo_are_found_as_it_is_seen(
    store: BatchStore, tmp_path: Path, orientation: int, dialect: str
) -> None:
    path = write_turned(tmp_path / "a.jpg", orientation)
    box = upright_shares(orientation)
    size = STORED_SIZE if orientation < 5 else STORED_SIZE[::-1]
    content = (
        xmp([mwg("Ann", box)], applied=size)
        if dialect == "mwg"
        else xmp(tags=[people_tag("Ann", box)])
    )
    full_path(path).write_text(content)
    export(store, label(store, path))
    assert names_of(full_path(path)) == ["Ann"]


def test_a_new_region_refers_to_the_picture_that_the_list_refers_to(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 6)
    full_path(path).write_text(xmp([mwg("Ann", ELSEWHERE)], applied=(80, 120)))
    export(store, label(store, path))
    _, face = regions_of(full_path(path))
    assert face["Name"] == "female 34"
    place = float(face["x"]), float(face["y"])
    assert place == pytest.approx(upright_shares(6).centre, abs=0.01)
    assert 'stDim:w="80"' in full_path(path).read_text("utf-8")


def test_regions_that_are_all_visages_own_are_written_as_the_picture_is_stored(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 6)
    own = mwg("female 34", upright_shares(6), more=OWN)
    full_path(path).write_text(xmp([own], applied=(80, 120)))
    export(store, label(store, path))
    (region,) = regions_of(full_path(path))
    assert (float(region["x"]), float(region["y"])) == pytest.approx(FACE_SHARES.centre, abs=0.01)
    assert 'stDim:w="120"' in full_path(path).read_text("utf-8")


def test_a_nameless_region_is_named_and_nameless_again_once_its_face_is_gone(
    store: BatchStore, photo: Path
) -> None:
    full_path(photo).write_text(xmp([mwg("")], [people_tag("")]))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["female 34", "female 34"]
    export(store, label(store, photo, Box(80, 50, 110, 75)))
    mine, other = regions_of(full_path(photo))[1], regions_of(full_path(photo))[0]
    assert (mine["Name"], other.get("Name")) == ("female 34", None)
    assert "Age" not in other
    (tag,) = regions_of(full_path(photo), "microsoft")
    assert set(tag) == {"Rectangle", "parseType"}


@pytest.mark.parametrize("name", ["23", "female", "female 34", "female 50", "male 7"])
def test_a_name_that_only_reads_like_visages_is_a_persons(
    store: BatchStore, photo: Path, name: str
) -> None:
    """A child's number on a jersey, or what digiKam left: it writes regions anew without fields."""
    elsewhere = mwg(name, ELSEWHERE), people_tag(name, ELSEWHERE)
    full_path(photo).write_text(xmp([mwg(name), elsewhere[0]], [people_tag(name), elsewhere[1]]))
    job = label(store, photo)
    export(store, job)
    correct(store, job, 60)
    export(store, job)
    assert names_of(full_path(photo)) == [name] * 4
    export(store, label(store, photo, Box(60, 10, 84, 34)))
    assert names_of(full_path(photo)) == [name, name, "female 34", name, name]


def test_a_name_that_only_reads_like_visages_is_given_to_no_other_region(
    store: BatchStore, photo: Path
) -> None:
    short_path(photo).write_text(xmp([mwg("female 50")]))
    full_path(photo).write_text(xmp([mwg("")], [people_tag("unsure 7")]))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["female 34", "unsure 7"]
    assert names_of(short_path(photo)) == ["female 50"]


@pytest.mark.parametrize("name", ["Ada", "female", "Mr 34", "female 34 years", "face"])
def test_a_name_that_someone_gave_since_stays(store: BatchStore, photo: Path, name: str) -> None:
    job = label(store, photo)
    export(store, job)
    text = full_path(photo).read_text("utf-8")
    renamed = text.replace("<mwg-rs:Name>female 34", f"<mwg-rs:Name>{name}")
    full_path(photo).write_text(renamed, "utf-8")
    correct(store, job, 50)
    export(store, job)
    (region,) = regions_of(full_path(photo))
    assert (region["Name"], region["Age"], "own Name" in region) == (name, "50", False)


def test_what_is_named_in_the_picture_is_named_in_a_new_sidecar(
    store: BatchStore, tmp_path: Path
) -> None:
    regions = [mwg("Ann"), mwg("Bea", ELSEWHERE), mwg("Rex", ELSEWHERE, kind="Pet")]
    path = write_turned(tmp_path / "a.jpg", 8, xmp(regions, more=RATING))
    before = path.read_bytes()
    export(store, label(store, path))
    assert names_of(full_path(path)) == ["Ann", "Bea", "Rex"]
    assert regions_of(full_path(path))[0]["Age"] == "34.2"
    assert path.read_bytes() == before


def test_what_the_camera_says_of_a_region_comes_along_with_its_prefix(
    store: BatchStore, tmp_path: Path
) -> None:
    more = (
        "<mwg-rs:Extensions rdf:parseType='Resource'>"
        "<apple-fi:FaceID xmlns:apple-fi='http://ns.apple.com/faceinfo/1.0/'>7</apple-fi:FaceID>"
        "</mwg-rs:Extensions>"
    )
    path = write_turned(tmp_path / "a.jpg", xmp=xmp([mwg("Ann", more=more)]))
    export(store, label(store, path))
    assert "<apple-fi:FaceID>7</apple-fi:FaceID>" in full_path(path).read_text("utf-8")


def test_a_second_export_changes_nothing(store: BatchStore, photo: Path) -> None:
    job = label(store, photo)
    export(store, job)
    before = full_path(photo).read_bytes()
    export(store, job)
    assert full_path(photo).read_bytes() == before


def test_a_region_shows_one_face_the_nearest() -> None:
    near, far = FACE_SHARES.moved(0.01, 0), FACE_SHARES.moved(0.05, 0)
    region = known(FACE_SHARES)
    assert matches([far, near], [region]) == {1: region}


def test_people_tags_in_the_picture_are_named_in_a_new_sidecar(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(
        tmp_path / "a.jpg", xmp=xmp(tags=[people_tag("Ann"), people_tag("Bea", ELSEWHERE)])
    )
    export(store, label(store, path))
    assert names_of(full_path(path)) == ["Ann", "Bea"]


def test_a_sidecar_of_visages_own_takes_the_names_of_the_picture(
    store: BatchStore, photo: Path
) -> None:
    export(store, label(store, photo))
    write_turned(photo, xmp=xmp([mwg("Ann"), mwg("Bea", ELSEWHERE)]))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["Ann", "Bea"]


def test_a_sidecar_with_regions_takes_names_for_its_faces_alone(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", xmp=xmp([mwg("Ann"), mwg("Bea", ELSEWHERE)]))
    full_path(path).write_text(xmp([mwg("Cleo", Box(0.5, 0.1, 0.7, 0.3))]))
    export(store, label(store, path))
    assert names_of(full_path(path)) == ["Cleo", "Ann"]


def test_a_name_that_the_sidecar_gives_another_face_is_not_given_twice(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", xmp=xmp([mwg("Ann")]))
    full_path(path).write_text(xmp([mwg("Ann", ELSEWHERE)]))
    export(store, label(store, path))
    assert names_of(full_path(path)) == ["Ann", "female 34"]


def test_the_name_in_the_sidecar_stands_above_the_one_in_the_picture(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", xmp=xmp([mwg("Ann")]))
    full_path(path).write_text(xmp([mwg("Anna")]))
    export(store, label(store, path))
    assert names_of(full_path(path)) == ["Anna"]


def test_a_name_of_one_dialect_is_the_name_of_its_twin(store: BatchStore, photo: Path) -> None:
    full_path(photo).write_text(xmp([mwg("Ann")], [people_tag("")]))
    export(store, label(store, photo))
    assert names_of(full_path(photo)) == ["Ann", "Ann"]


def test_a_name_in_two_languages_is_a_name(store: BatchStore, photo: Path) -> None:
    name = "<rdf:Alt><rdf:li xml:lang='x-default'>Ann</rdf:li><rdf:li>Anna</rdf:li></rdf:Alt>"
    full_path(photo).write_text(xmp([mwg(name)]))
    export(store, label(store, photo))
    assert "female 34</mwg-rs:Name>" not in full_path(photo).read_text("utf-8")
    assert "Anna</rdf:li>" in full_path(photo).read_text("utf-8")


def test_both_sidecars_are_kept_in_step(store: BatchStore, photo: Path) -> None:
    full_path(photo).write_text(xmp([mwg("")]))
    short_path(photo).write_text(xmp([mwg("Ann")], more=RATING))
    report = export(store, label(store, photo))
    assert report.written_count == 2
    assert names_of(full_path(photo)) == names_of(short_path(photo)) == ["Ann"]
    assert "Rating" in short_path(photo).read_text("utf-8")


def test_a_box_and_its_turn_back_are_the_same() -> None:
    for orientation in range(1, 9):
        back = {6: 8, 8: 6}.get(orientation, orientation)
        box = stored_box(stored_box(FACE_SHARES, orientation), back)
        assert (box.left, box.bottom) == pytest.approx((FACE_SHARES.left, FACE_SHARES.bottom))
