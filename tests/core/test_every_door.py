"""One photo, through every door: shown alone, in a batch, on the command line, from Python."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, ImageFilter
from PIL import Image as Pillow

from core import paths
from core.api import Visage
from core.assembly import make_batch_job, make_photo_labeller, make_pipeline, make_recipe
from core.batch.job_control import JobControl
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from core.commands import label
from core.commands.label import LabelOptions
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.sources.source_choice import make_source
from core.types import Face

SETTINGS = Settings()
Answers = dict[str, tuple[Face, ...]]


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it is, upside down, on its side, on a sheet of many, and tiny."""
    folder = tmp_path_factory.mktemp("album")
    shutil.copy(paths.sample_photo(), folder / "sample.jpg")
    with Pillow.open(paths.sample_photo()) as sample:
        sample.transpose(Pillow.Transpose.ROTATE_180).save(folder / "upside_down.png")
        sample.transpose(Pillow.Transpose.ROTATE_90).save(folder / "on_its_side.png")
        small = sample.resize((150, 100), Pillow.Resampling.BOX)
        sheet = Pillow.new("RGB", (640, 480), (120, 110, 100))
        for left, top in ((0, 0), (200, 10), (400, 50), (90, 200), (330, 260)):
            sheet.paste(small, (left, top))
        sheet.save(folder / "sheet.png")
        sample.resize((120, 80), Pillow.Resampling.BOX).save(folder / "tiny.png")
        sample.resize((4000, 2667)).save(folder / "large.jpg", quality=90)
    return folder


@pytest.fixture(scope="module")
def odd_album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in kinds of files that doors could read differently, and what shows no face."""
    folder = tmp_path_factory.mktemp("odd")
    with Pillow.open(paths.sample_photo()) as sample:
        small = sample.convert("RGB").resize((480, 320), Pillow.Resampling.BOX)
    small.convert("CMYK").save(folder / "cmyk.jpg", quality=95)
    small.convert("L").save(folder / "grey.pgm")
    deep = np.asarray(small.convert("L"), np.uint16) * 257
    Pillow.fromarray(deep).save(folder / "deep.png")
    turn = Pillow.Exif()
    turn[ExifTags.Base.Orientation] = 6
    turn[ExifTags.Base.ExifImageWidth] = turn[ExifTags.Base.ExifImageHeight] = 7
    small.transpose(Pillow.Transpose.ROTATE_90).save(folder / "turned.jpg", exif=turn, quality=95)
    later = Pillow.new("RGB", (480, 320), "navy")
    small.save(folder / "animated.webp", save_all=True, append_images=[later], lossless=True)
    small.resize((48, 32)).save(folder / "pages.tif", save_all=True, append_images=[small])
    clear = small.convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 240, 320))
    clear.save(folder / "half_clear.png")
    small.crop((0, 70, 480, 320)).save(folder / "cut.png")
    small.save(folder / "stereo.mpo", "MPO", save_all=True, append_images=[small], quality=95)
    small.filter(ImageFilter.GaussianBlur(20)).save(folder / "blurred.png")
    for name, colour in (("black", "black"), ("white", "white"), ("clear", (0, 0, 0, 0))):
        Pillow.new("RGBA", (300, 200), colour).save(folder / f"{name}.png")
    Pillow.new("RGB", (1, 400), "navy").save(folder / "thin.png")
    return folder


def through_the_window(album: Path) -> Answers:
    answers: Answers = {}
    with closing(make_pipeline(SourceKind.PHOTO, None, SETTINGS)) as pipeline:
        for path in sorted(album.iterdir()):
            with make_source(str(path)) as source:
                frame = source.read()
            assert frame is not None
            faces = pipeline.process(frame).faces
            answers[path.name] = tuple(
                replace(face, box=face.box.scaled(frame.scale)) for face in faces
            )
    return answers


def notes_in_the_window(album: Path) -> dict[str, str | None]:
    notes = {}
    with closing(make_pipeline(SourceKind.PHOTO, None, SETTINGS)) as pipeline:
        for path in sorted(album.iterdir()):
            with make_source(str(path)) as source:
                frame = source.read()
            assert frame is not None
            notes[path.name] = pipeline.process(frame).frame.note
    return notes


def through_a_batch(album: Path, place: Path) -> Answers:
    with BatchStore.open(place / "jobs.sqlite") as store:
        job = store.create_job("album", [album], make_recipe(None, SETTINGS))
        with closing(make_batch_job(store, job, JobControl())) as batch:
            list(batch.run())
        return {
            photo.path.name: tuple(face.face for face in photo.faces)
            for photo in labelled_photos(store.database, job.id)
        }


def from_python(album: Path) -> Answers:
    with closing(make_photo_labeller(None, SETTINGS)) as labeller:
        return {path.name: labeller.label(path).faces for path in sorted(album.iterdir())}


def through_the_public_door(album: Path) -> tuple[Answers, Answers]:
    """One by one, and as a folder."""
    with Visage(settings=SETTINGS) as visage:
        by_path = {path.name: visage.photo(path).faces for path in sorted(album.iterdir())}
        listed = {found.path.name: found.faces for found in visage.folder(album) if found.path}
    return by_path, listed


def assert_alike(answers: Answers, others: Answers) -> None:
    assert answers.keys() == others.keys()
    for name, faces in answers.items():
        assert [_figures(face) for face in others[name]] == [
            pytest.approx(_figures(face), abs=1e-3) for face in faces
        ], name
        assert [face.gender for face in others[name]] == [face.gender for face in faces]


def _figures(face: Face) -> list[float]:
    assert face.estimate is not None
    box, estimate = face.box, face.estimate
    figures = [
        box.left, box.top, box.right, box.bottom, face.score, face.quality, estimate.age_years,
        estimate.age_low_years, estimate.age_high_years, estimate.female_probability,
    ]  # fmt: skip
    return [-1.0 if figure is None else figure for figure in figures]


@pytest.fixture
def shown(album: Path) -> Iterator[Answers]:
    yield through_the_window(album)


def test_every_door_gives_the_same_faces_with_the_same_figures(
    album: Path, shown: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {name: len(faces) for name, faces in shown.items()} == {
        "sample.jpg": 2, "upside_down.png": 2, "on_its_side.png": 2, "sheet.png": 10,
        "tiny.png": 2, "large.jpg": 2,
    }  # fmt: skip
    assert_alike(shown, through_a_batch(album, tmp_path))
    assert_alike(shown, from_python(album))
    for answers in through_the_public_door(album):
        assert_alike(shown, answers)
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    table = tmp_path / "faces.jsonl"
    assert label.run(LabelOptions(paths=(str(album),), jsonl_path=table)) == 0
    for line in table.read_text(encoding="utf-8").splitlines():
        photo = json.loads(line)
        faces = shown[Path(photo["path"]).name]
        assert [face["face_quality"] for face in photo["faces"]] == pytest.approx(
            [face.quality for face in faces], abs=1e-3
        )
        assert [face["age_years"] for face in photo["faces"]] == pytest.approx(
            [face.estimate.age_years for face in faces if face.estimate], abs=0.01
        )


COUNTS_AND_NOTES = {
    "animated.webp": (2, "It is an animation, of which the first picture was read."),
    "black.png": (0, "It is very dark: faces may stay unseen."),
    "blurred.png": (0, "It is very blurred: faces may stay unseen."),
    "clear.png": (0, "It shows hardly more than one colour."),
    "cmyk.jpg": (2, None),
    "cut.png": (2, None),
    "deep.png": (2, None),
    "grey.pgm": (2, None),
    "half_clear.png": (1, None),
    "pages.tif": (2, "Page 2 of 2 was read: the largest, or the first of that size."),
    "stereo.mpo": (2, None),
    "thin.png": (0, "It is too small to see a face in: 1 px on its shorter side. "
                 "It shows hardly more than one colour."),
    "turned.jpg": (2, None),
    "white.png": (0, "It shows hardly more than one colour."),
}  # fmt: skip


def test_every_door_reads_odd_files_alike_and_says_why_no_face_was_seen(
    odd_album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = through_the_window(odd_album)
    assert_alike(shown, through_a_batch(odd_album, tmp_path))
    for answers in through_the_public_door(odd_album):
        assert_alike(shown, answers)
    with Visage(settings=SETTINGS) as visage:
        told = {found.path.name: found.note for found in visage.folder(odd_album) if found.path}
    assert {name: (len(shown[name]), note) for name, note in told.items()} == COUNTS_AND_NOTES
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    table = tmp_path / "faces.jsonl"
    assert label.run(LabelOptions(paths=(str(odd_album),), jsonl_path=table)) == 0
    lines = map(json.loads, table.read_text(encoding="utf-8").splitlines())
    listed = {Path(one["path"]).name: (len(one["faces"]), one["note"]) for one in lines}
    assert listed == COUNTS_AND_NOTES
    assert notes_in_the_window(odd_album) == {name: n for name, (_, n) in COUNTS_AND_NOTES.items()}
