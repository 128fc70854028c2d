"""One photo, through every door: shown alone, in a batch, on the command line, from Python."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
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
