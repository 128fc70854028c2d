"""Photos with names as other programs leave them, through `main.py label --xmp`."""

import json
import shutil
from pathlib import Path

import pytest

from core import paths
from core.commands import label
from core.commands.label import LabelOptions
from core.types import Box
from tests.core.batch.export.xmp.builders import exiftool, needs_exiftool, regions_of

CASES = Path(__file__).parents[6] / "shared" / "cases" / "xmp"
ANN = Box(108, 88.5, 164, 144.4)
"""Where she is, in px of 480 × 320."""

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases")


@pytest.fixture
def album(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    folder = tmp_path / "album"
    folder.mkdir()
    for path in CASES.iterdir():
        shutil.copyfile(path, folder / path.name)
    return folder


def export(photo: Path) -> list[str]:
    """Label one photo twice over; gives the names of its sidecars."""
    before = photo.read_bytes()
    for _ in range(2):
        assert label.run(LabelOptions(paths=(str(photo),), writes_xmp=True)) == 0
    assert photo.read_bytes() == before
    return sorted(path.name for path in photo.parent.glob(f"{photo.stem}*.xmp"))


def ann_and_other(sidecar: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The two women of the sample; there is no third region."""
    ann, other = regions_of(sidecar)
    assert ann["Name"] == "Ann Example"
    assert 20 < float(ann["Age"]) < 50
    assert ann["Gender"] == "female"
    assert other["Name"] == other["own Name"]
    return ann, other


def test_a_name_in_the_picture_stays_on_its_face(album: Path) -> None:
    assert export(album / "named_inside.jpg") == ["named_inside.jpg.xmp"]
    ann, _ = ann_and_other(album / "named_inside.jpg.xmp")
    assert float(ann["x"]) * 480 == pytest.approx(ANN.centre[0], abs=2)
    assert float(ann["y"]) * 320 == pytest.approx(ANN.centre[1], abs=2)


def test_the_sidecar_that_is_there_is_kept_in_step(album: Path) -> None:
    assert export(album / "named_beside.jpg") == ["named_beside.xmp"]
    ann_and_other(album / "named_beside.xmp")
    assert "<xmp:Rating>4</xmp:Rating>" in (album / "named_beside.xmp").read_text("utf-8")


def test_a_people_tag_is_the_region_of_its_face(album: Path) -> None:
    sidecar = album / "microsoft_tags.jpg.xmp"
    assert export(album / "microsoft_tags.jpg") == [sidecar.name]
    (ann,) = regions_of(sidecar, "microsoft")
    assert (ann["PersonDisplayName"], ann["Gender"]) == ("Ann Example", "female")
    (other,) = regions_of(sidecar)
    assert abs(float(other["x"]) * 480 - ANN.centre[0]) > 100


def test_a_region_in_pixels_is_the_region_of_its_face(album: Path) -> None:
    sidecar = album / "pixel_units.jpg.xmp"
    assert export(album / "pixel_units.jpg") == [sidecar.name]
    ann, _ = ann_and_other(sidecar)
    assert (ann["x"], ann["y"], ann["unit"]) == ("136", "116.5", "pixel")


@needs_exiftool
def test_exiftool_reads_every_sidecar_and_finds_nothing_wrong(album: Path) -> None:
    for photo in album.glob("*.jpg"):
        export(photo)
    for sidecar in album.glob("*.xmp"):
        assert exiftool("-validate", "-warning", "-a", sidecar).count("Warning") == 0
        (found,) = json.loads(exiftool("-json", "-RegionName", "-RegionPersonDisplayName", sidecar))
        assert "Ann Example" in json.dumps(found)
