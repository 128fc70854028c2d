"""Which sidecar is written, and when `photo.xmp` is about another picture."""

import os
from pathlib import Path

import pytest

from core.batch.export.xmp.sidecar_name import SidecarName, full_path, short_path
from core.batch.store import BatchStore
from tests.core.batch.export.xmp.builders import (
    RATING,
    export,
    label,
    mwg,
    names_of,
    write_turned,
    xmp,
)

NAMED = xmp([mwg("Ann")], more=RATING)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_turned(tmp_path / "a.jpg")


def sidecars(photo: Path) -> list[str]:
    return sorted(path.name for path in photo.parent.glob("*.xmp"))


@pytest.mark.parametrize(
    ("name", "there", "written"),
    [
        (SidecarName.AUTO, [], ["a.jpg.xmp"]),
        (SidecarName.AUTO, ["a.xmp"], ["a.xmp"]),
        (SidecarName.AUTO, ["a.jpg.xmp"], ["a.jpg.xmp"]),
        (SidecarName.AUTO, ["a.jpg.xmp", "a.xmp"], ["a.jpg.xmp", "a.xmp"]),
        (SidecarName.FULL, [], ["a.jpg.xmp"]),
        (SidecarName.SHORT, [], ["a.xmp"]),
        (SidecarName.BOTH, [], ["a.jpg.xmp", "a.xmp"]),
        (SidecarName.BOTH, ["a.xmp"], ["a.jpg.xmp", "a.xmp"]),
    ],
)
def test_the_sidecars_that_are_asked_for_are_written_with_what_is_known(
    store: BatchStore, photo: Path, name: SidecarName, there: list[str], written: list[str]
) -> None:
    for sidecar in there:
        photo.with_name(sidecar).write_text(NAMED)
    report = export(store, label(store, photo), name)
    assert (sidecars(photo), report.written_count) == (written, len(written))
    for path in photo.parent.glob("*.xmp"):
        text = path.read_text("utf-8")
        assert "<visage:Age>34.2<" in text
        assert ("Ann" in text, "Rating" in text) == (bool(there), bool(there))


@pytest.mark.parametrize("there", ["a.XMP", "a.jpg.XMP"])
def test_a_sidecar_whose_ending_is_in_capitals_is_the_one_that_is_completed(
    store: BatchStore, photo: Path, there: str
) -> None:
    sidecar = photo.with_name(there)
    sidecar.write_text(NAMED)
    assert export(store, label(store, photo)).written_count == 1
    assert names_of(sidecar) == ["Ann"]
    assert len([path for path in photo.parent.iterdir() if path.suffix.lower() == ".xmp"]) == 1


def test_a_sidecar_of_the_other_name_stays_as_it_is_and_lends_what_it_holds(
    store: BatchStore, photo: Path
) -> None:
    short_path(photo).write_text(NAMED)
    export(store, label(store, photo), SidecarName.FULL)
    assert short_path(photo).read_text() == NAMED
    assert names_of(full_path(photo)) == ["Ann"]
    assert "Rating" in full_path(photo).read_text("utf-8")


@pytest.mark.parametrize("namesake", ["a.CR2", "a.dng", "a.png", "a.JPEG"])
def test_a_short_sidecar_that_may_be_about_another_picture_is_left(
    store: BatchStore, photo: Path, namesake: str
) -> None:
    photo.with_name(namesake).write_bytes(b"another picture")
    short_path(photo).write_text(NAMED)
    export(store, label(store, photo))
    assert short_path(photo).read_text() == NAMED
    assert names_of(full_path(photo)) == ["female 34"]


@pytest.mark.parametrize(("ending", "is_ours"), [("JPG", True), ("jpg", True), ("CR2", False)])
def test_a_short_sidecar_may_say_which_picture_it_is_about(
    store: BatchStore, photo: Path, ending: str, is_ours: bool
) -> None:
    if is_ours:
        photo.with_suffix(".cr2").write_bytes(b"another picture")
    told = f"<photoshop:SidecarForExtension>{ending}</photoshop:SidecarForExtension>"
    short_path(photo).write_text(xmp([mwg("Ann")], more=told))
    export(store, label(store, photo))
    assert full_path(photo).exists() is not is_ours
    assert ("Age" in short_path(photo).read_text("utf-8")) is is_ours


@pytest.mark.parametrize("name", [SidecarName.SHORT, SidecarName.BOTH])
def test_a_short_sidecar_of_two_pictures_is_a_sentence(
    store: BatchStore, photo: Path, name: SidecarName
) -> None:
    photo.with_suffix(".cr2").write_bytes(b"another picture")
    ((_, sentence),) = export(store, label(store, photo), name).failures
    assert sentence == "a.xmp could be about a.cr2 as well; a.jpg.xmp would be clear."
    assert sidecars(photo) == []
    short_path(photo).write_text(NAMED)
    ((_, sentence),) = export(store, label(store, photo), name).failures
    assert sentence == "a.xmp is about another picture of that name."
    assert short_path(photo).read_text() == NAMED


def test_a_photo_that_has_the_name_of_its_sidecar_is_never_replaced(
    store: BatchStore, tmp_path: Path
) -> None:
    photo = write_turned(tmp_path / "a.jpg").rename(tmp_path / "a.xmp")
    before = photo.read_bytes()
    job = label(store, photo)
    ((_, sentence),) = export(store, job, SidecarName.SHORT).failures
    assert sentence == "a.xmp has the name that its sidecar would have."
    assert export(store, job).written_count == 1
    assert (photo.read_bytes(), sidecars(photo)) == (before, ["a.xmp", "a.xmp.xmp"])


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
@pytest.mark.parametrize("name", list(SidecarName))
def test_a_sidecar_that_is_a_link_to_the_photo_is_left(
    store: BatchStore, photo: Path, name: SidecarName
) -> None:
    before = photo.read_bytes()
    full_path(photo).symlink_to(photo)
    short_path(photo).symlink_to(photo)
    assert len(export(store, label(store, photo), name).failures) == 1
    assert photo.read_bytes() == before


def test_a_photo_without_an_ending_has_one_sidecar(store: BatchStore, tmp_path: Path) -> None:
    photo = write_turned(tmp_path / "a.jpg").rename(tmp_path / "a")
    assert export(store, label(store, photo), SidecarName.BOTH).written_count == 1
    assert sidecars(photo) == ["a.xmp"]
