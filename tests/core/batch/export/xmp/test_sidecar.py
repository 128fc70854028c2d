import errno
import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image as Pillow

from core.batch.box_correction import redraw_face, remove_faces
from core.batch.correction import correct_face
from core.batch.export.xmp import sidecar
from core.batch.export.xmp.orientation import stored_box
from core.batch.export.xmp.packet import RDF
from core.batch.export.xmp.picture_head import PictureHead, read_head
from core.batch.export.xmp.sidecar import write_xmp_sidecars
from core.batch.export.xmp.sidecar_name import full_path
from core.batch.record import Correction, LabelledPhoto
from core.batch.store import BatchStore
from core.types import Box
from tests.core.batch.builders import RECIPE, make_face, photos_of
from tests.core.batch.export.xmp.builders import (
    STORED_FACE,
    area_px,
    exiftool,
    export,
    label,
    mwg,
    names_of,
    needs_exiftool,
    people_tag,
    region_info,
    said,
    write_turned,
    xmp,
)


@needs_exiftool
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exiftool_reads_the_box_where_the_face_is_in_the_file(
    store: BatchStore, tmp_path: Path, orientation: int
) -> None:
    path = write_turned(tmp_path / "turned.jpg", orientation)
    before = path.read_bytes()
    assert export(store, label(store, path)).written_count == 1
    info = region_info(full_path(path))
    (region,) = info["RegionList"]
    face = STORED_FACE
    assert area_px(region) == pytest.approx((face.left, face.top, face.right, face.bottom), abs=0.6)
    assert info["AppliedToDimensions"] == {"W": 120, "H": 80, "Unit": "pixel"}
    assert path.read_bytes() == before


@needs_exiftool
def test_exiftool_reads_age_and_gender(store: BatchStore, tmp_path: Path) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    export(store, label(store, path))
    (region,) = region_info(full_path(path))["RegionList"]
    assert (region["Name"], region["Type"]) == ("female 34", "Face")
    assert region["Description"] == "34 (29–39) · female 90 %"
    assert said(region) == {
        "Age": 34.2,
        "AgeLow": 29.2,
        "AgeHigh": 39.2,
        "FemaleProbability": 0.9,
        "Gender": "female",
        "LabelledBy": RECIPE.labelled_by,
        "Name": "female 34",
    }
    assert exiftool("-validate", "-warning", "-a", full_path(path)).count("Warning") == 0


@needs_exiftool
def test_what_a_sidecar_holds_already_stays(store: BatchStore, tmp_path: Path) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    elsewhere = "{Area={X=0.9,Y=0.9,W=0.1,H=0.1,Unit=normalized},Name=Carla,Type=Face}"
    same_face = "{Area={X=0.22,Y=0.28,W=0.24,H=0.36,Unit=normalized},Name=Ada,Type=Face}"
    exiftool(
        "-q",
        f"-RegionInfo={{AppliedToDimensions={{W=120,H=80,Unit=pixel}},"
        f"RegionList=[{elsewhere},{same_face}]}}",
        "-Subject=holiday",
        "-Title=At the sea",
        full_path(path),
    )
    export(store, label(store, path))
    first, second = region_info(full_path(path))["RegionList"]
    assert first["Name"] == "Carla"
    assert "Extensions" not in first
    assert (second["Name"], said(second)["Gender"]) == ("Ada", "female")
    assert second["Area"]["W"] == 0.24
    tags = json.loads(exiftool("-json", "-Subject", "-Title", full_path(path)))[0]
    assert (tags["Subject"], tags["Title"]) == ("holiday", "At the sea")


@needs_exiftool
def test_a_second_export_renews_its_own_regions_and_keeps_a_name_given_since(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    job = label(store, path)
    export(store, job)
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(age_years=50))
    export(store, job)
    (region,) = region_info(full_path(path))["RegionList"]
    assert (region["Name"], said(region)["Corrected"]) == ("female 50", True)
    renamed = (
        full_path(path).read_text("utf-8").replace("<mwg-rs:Name>female 50", "<mwg-rs:Name>Ada")
    )
    full_path(path).write_text(renamed, "utf-8")
    correct_face(store.database, photos_of(store, job)[0].faces[0].id, Correction(age_years=60))
    export(store, job)
    (region,) = region_info(full_path(path))["RegionList"]
    assert (region["Name"], said(region)["Age"]) == ("Ada", 60)


DIGIKAM = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
   digiKam:PickLabel="3">
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:RegionList><rdf:Bag><rdf:li>
      <rdf:Description mwg-rs:Name="Ada" mwg-rs:Type="Face">
       <mwg-rs:Area stArea:x="0.22" stArea:y="0.28" stArea:w="0.24" stArea:h="0.36"
        stArea:unit="normalized"/>
      </rdf:Description>
    </rdf:li></rdf:Bag></mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def test_the_way_that_digikam_writes_regions_is_understood_and_kept(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    full_path(path).write_text(DIGIKAM, "utf-8")
    export(store, label(store, path))
    text = full_path(path).read_text("utf-8")
    assert 'digiKam:PickLabel="3"' in text
    assert text.count('mwg-rs:Name="Ada"') == 1
    assert text.count("stArea:x") == 1
    assert "<visage:Gender>female</visage:Gender>" in text


EXTENSIONS = """<mwg-rs:Extensions
        visage:Age="61"
        visage:Gender="female"
        visage:Name="female 61"
        note:Source="album 3"/>"""
EXIV2 = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
    xmlns:visage="urn:visage:xmp:face:1.0/"
    xmlns:note="urn:note/">
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:RegionList>
     <rdf:Bag>
      <rdf:li>
       <rdf:Description
        mwg-rs:Name="female 61"
        mwg-rs:Description="61 (56–66) · female 90 %"
        mwg-rs:Type="Face">
       <mwg-rs:Area stArea:x="0.22" stArea:y="0.28" stArea:w="0.24" stArea:h="0.36"
        stArea:unit="normalized"/>
       {EXTENSIONS}
       </rdf:Description>
      </rdf:li>
     </rdf:Bag>
    </mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
WITHIN = EXTENSIONS.replace("Extensions", "Extensions><rdf:Description") + "</mwg-rs:Extensions>"


@pytest.mark.parametrize("extensions", [EXTENSIONS, WITHIN])
def test_what_exiv2_made_of_a_sidecar_is_renewed_as_valid_rdf(
    store: BatchStore, tmp_path: Path, extensions: str
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    full_path(path).write_text(EXIV2.replace(EXTENSIONS, extensions), "utf-8")
    export(store, label(store, path))
    root = ElementTree.parse(full_path(path)).getroot()
    resources = [one for one in root.iter() if one.get(f"{{{RDF}}}parseType") == "Resource"]
    assert [list(one.attrib) for one in resources if len(one.attrib) > 1] == []
    text = full_path(path).read_text("utf-8")
    assert (text.count("visage:Age="), text.count("<visage:Age>")) == (0, 1)
    assert (text.count("<mwg-rs:Name>female 34<"), text.count("female 61")) == (1, 0)
    assert "album 3" in text


@pytest.mark.parametrize("content", [b"<broken", b"no xml", b"<svg/>"])
def test_a_sidecar_that_cannot_be_understood_is_reported_and_left(
    store: BatchStore, tmp_path: Path, content: bytes
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    full_path(path).write_bytes(content)
    report = export(store, label(store, path))
    assert report.written_count == 0
    assert "it was left as it is" in report.failures[0][1]
    assert full_path(path).read_bytes() == content


@pytest.mark.parametrize("is_there", [False, True])
def test_a_sidecar_that_is_a_link_to_something_else_plants_nothing_there(
    store: BatchStore, tmp_path: Path, is_there: bool
) -> None:
    path, elsewhere = write_turned(tmp_path / "a.jpg", 1), tmp_path / ".profile"
    full_path(path).symlink_to(elsewhere)
    if is_there:
        elsewhere.touch()
    report = export(store, label(store, path))
    assert "is a link that leads to no sidecar" in report.failures[0][1]
    assert is_there is elsewhere.exists()
    assert not is_there or not elsewhere.read_bytes()


def test_a_sidecar_that_is_a_link_to_a_sidecar_is_completed_there(
    store: BatchStore, tmp_path: Path
) -> None:
    path, elsewhere = write_turned(tmp_path / "a.jpg", 1), tmp_path / "kept.xmp"
    job_id = label(store, path)
    export(store, job_id)
    content = full_path(path).rename(elsewhere).read_bytes()
    full_path(path).symlink_to(elsewhere)
    assert export(store, job_id).written_count == 1
    assert full_path(path).is_symlink()
    assert elsewhere.read_bytes() == content


@pytest.mark.parametrize("encoding", ["shift_jis", "gb2312", "no-such-encoding"])
def test_a_sidecar_in_an_encoding_that_cannot_be_read_is_reported_and_the_others_follow(
    store: BatchStore, tmp_path: Path, encoding: str
) -> None:
    foreign, other = (write_turned(tmp_path / name, 1) for name in ("a.jpg", "b.jpg"))
    content = f'<?xml version="1.0" encoding="{encoding}"?><x/>'.encode()
    full_path(foreign).write_bytes(content)
    photos = [photo for path in (foreign, other) for photo in photos_of(store, label(store, path))]
    report = write_xmp_sidecars(photos)
    assert [path for path, _ in report.failures] == [foreign]
    assert "it was left as it is" in report.failures[0][1]
    assert full_path(foreign).read_bytes() == content
    assert full_path(other).exists()


def test_a_photo_or_a_folder_that_is_gone_is_reported(store: BatchStore, tmp_path: Path) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    path = write_turned(folder / "a.jpg", 1)
    job = label(store, path)
    path.unlink()
    assert "does not exist" in export(store, job).failures[0][1]
    folder.rmdir()
    assert len(export(store, job).failures) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_box_stays_within_the_picture(orientation: int) -> None:
    box = stored_box(Box(0, 0, 1, 0.25), orientation)
    edges = (box.left, box.top, box.right, box.bottom)
    assert all(0 <= edge <= 1 for edge in edges)
    assert box.area == pytest.approx(0.25)


def test_a_picture_whose_metadata_cannot_be_read_is_taken_as_upright(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_picture: Pillow.Image) -> None:
        raise SyntaxError("not a TIFF file")

    path = write_turned(tmp_path / "a.jpg", 6)
    monkeypatch.setattr(Pillow.Image, "getexif", break_off)
    assert export(store, label(store, path)).written_count == 1
    assert 'stDim:w="120"' in full_path(path).read_text("utf-8")


def test_a_photo_that_was_turned_since_is_reported_and_its_sidecar_left(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    job = label(store, path)
    write_turned(path, 3)
    report = export(store, job)
    assert report.failures == [(path, "a.jpg was changed since it was labelled. Label it again.")]
    assert not full_path(path).exists()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_photo_that_cannot_be_read_any_more_is_not_taken_as_upright(
    store: BatchStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    path = write_turned(tmp_path / "a.jpg", 6)
    job = label(store, path)
    monkeypatch.setattr(Pillow, "open", refuse)
    ((_, sentence),) = export(store, job).failures
    assert sentence == f"a.jpg could not be read to its end ({os.strerror(code)})."
    assert not full_path(path).exists()


def test_what_nobody_foresaw_is_a_row_and_the_others_follow(
    store: BatchStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd, other = (write_turned(tmp_path / name) for name in ("a.jpg", "b.jpg"))
    photos = [photo for path in (odd, other) for photo in photos_of(store, label(store, path))]

    def fail_once(path: Path) -> PictureHead:
        if path == odd:
            raise RecursionError
        return read_head(path)

    monkeypatch.setattr(sidecar, "read_head", fail_once)
    report = write_xmp_sidecars(photos)
    assert report.failures == [(odd, "Its sidecar could not be written; the log says why.")]
    assert report.written_count == 1
    assert "RecursionError" in caplog.text


def test_a_name_too_long_for_a_sidecar_is_reported_in_words(
    store: BatchStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = write_turned(tmp_path / f"{'x' * 251}.jpg")
    ((_, sentence),) = export(store, label(store, path)).failures
    assert sentence == f"Its sidecar could not be written ({os.strerror(errno.ENAMETOOLONG)})."
    assert "Traceback" not in caplog.text


def test_a_photo_without_faces_gets_no_sidecar(
    store: BatchStore, photos: list[LabelledPhoto]
) -> None:
    report = write_xmp_sidecars(photo for photo in photos if not photo.faces)
    assert (report.written_count, report.failures) == (0, [])


def test_regions_that_nobody_touched_go_with_the_face_that_they_showed(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    export(store, label(store, path))
    moved = full_path(path).read_text("utf-8").replace('stArea:x="0.2', 'stArea:x="0.8')
    full_path(path).write_text(moved, "utf-8")
    export(store, label(store, path))
    text = full_path(path).read_text("utf-8")
    assert text.count("<mwg-rs:Name>") == 1
    assert 'stArea:x="0.2' in text


def test_a_sidecar_says_no_longer_what_was_said_of_a_deleted_face(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    job = label(store, path)
    export(store, job)
    assert "female 34" in full_path(path).read_text("utf-8")
    remove_faces(store.database, [photos_of(store, job)[0].faces[0].id])
    assert export(store, job).written_count == 1
    assert "female 34" not in full_path(path).read_text("utf-8")


def test_of_a_deleted_face_that_a_person_named_a_sidecar_keeps_the_name_alone(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    described = mwg("Ann", more="<mwg-rs:Description>My sister</mwg-rs:Description>")
    full_path(path).write_text(xmp([described], [people_tag("Ann")]))
    job = label(store, path)
    export(store, job)
    assert full_path(path).read_text("utf-8").count("<visage:Age>34.2<") == 2
    remove_faces(store.database, [photos_of(store, job)[0].faces[0].id])
    assert export(store, job).written_count == 1
    text = full_path(path).read_text("utf-8")
    assert names_of(full_path(path)) == ["Ann", "Ann"]
    assert ("visage" in text, "My sister" in text) == (False, True)


def test_a_photo_without_faces_gets_no_sidecar_and_leaves_others_alone(
    store: BatchStore, tmp_path: Path
) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    job = label(store, path)
    remove_faces(store.database, [photos_of(store, job)[0].faces[0].id])
    assert export(store, job).written_count == 0
    full_path(path).write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    assert export(store, job).written_count == 0


def test_a_sidecar_says_which_box_is_by_hand(store: BatchStore, tmp_path: Path) -> None:
    path = write_turned(tmp_path / "a.jpg", 1)
    job = label(store, path)
    (face,) = photos_of(store, job)[0].faces
    redraw_face(store.database, face.id, *make_face(34.2, box=face.face.box.moved(2, 0)))
    export(store, job)
    assert "BoxByHand" in full_path(path).read_text("utf-8")


def test_a_box_outside_of_the_photo_is_no_region(store: BatchStore, tmp_path: Path) -> None:
    """An older Visage kept the boxes of a picture that was reduced since."""
    path = write_turned(tmp_path / "a.jpg", 1)
    for box in (Box(150, 10, 190, 50), Box(10, 90, 50, 130), Box(-60, 10, -20, 50)):
        export(store, label(store, path, box))
        assert not full_path(path).exists()
    export(store, label(store, path, Box(100, 20, 140, 60)))
    assert 'stArea:w="0.166667"' in full_path(path).read_text("utf-8")
