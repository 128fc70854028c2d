from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from core.assembly import make_face_drawer, make_recipe
from core.batch.box_correction import add_face, remove_faces
from core.batch.drawn_face import FaceDrawer
from core.batch.export.training_chips import write_training_chips
from core.batch.record import BoxBy, PhotoFacts
from core.batch.store import BatchStore
from core.errors import BoxError, ModelError, PhotoError
from core.faces.alignment import CHIP_SIZE_PX, chip_transform
from core.paths import sample_photo
from core.settings import Settings
from core.types import Box, Detection, Gender
from tests.core.batch.builders import (
    OTHER_RECIPE,
    make_predictor,
    make_run,
    photos_of,
    run_job,
    write_photo,
)
from tests.fakes import FakeDetector, make_detection

BOX = Box(12, 10, 36, 40)


@pytest.fixture
def second_look() -> FakeDetector:
    return FakeDetector()


@pytest.fixture
def drawer(second_look: FakeDetector) -> Iterator[FaceDrawer]:
    with FaceDrawer(make_predictor(), second_look, Settings()) as drawer:
        yield drawer


def labelled(store: BatchStore, *colours: tuple[int, int, int], folder: Path) -> PhotoFacts:
    """The first of photos of 64 × 48 px, whose one face lies in the middle."""
    for number, colour in enumerate(colours):
        write_photo(folder / f"{number}.png", colour)
    job, _ = run_job(store, [folder])
    return photos_of(store, job)[0].facts


def test_a_drawn_face_is_estimated_and_its_box_stays_as_it_was_drawn(
    store: BatchStore, tmp_path: Path, drawer: FaceDrawer, second_look: FakeDetector
) -> None:
    facts = labelled(store, (40, 0, 255), folder=tmp_path / "album")
    second_look.refined = replace(make_detection(14, 12, 22), score=0.7)
    detection, face = drawer.draw(facts, BOX)
    assert face.box == BOX
    assert (face.score, face.gender) == (0.7, Gender.FEMALE)
    assert face.estimate is not None
    assert face.estimate.age_years == pytest.approx(40, abs=1)
    assert detection.landmarks == pytest.approx(second_look.refined.landmarks)


def test_where_no_look_sees_a_face_the_box_alone_is_cropped(
    store: BatchStore, tmp_path: Path, drawer: FaceDrawer, second_look: FakeDetector
) -> None:
    facts = labelled(store, (40, 0, 255), folder=tmp_path / "album")
    second_look.confirms = False
    detection, face = drawer.draw(facts, BOX)
    assert (detection.has_landmarks, face.score) == (False, 0)
    assert face.estimate is not None
    assert face.estimate.age_years == pytest.approx(40, abs=1)
    transform = chip_transform(Detection.of_box(BOX), CHIP_SIZE_PX)
    upright = chip_transform(make_detection(9, 10, 30), CHIP_SIZE_PX)
    assert transform[1, 0] == 0
    assert transform[0, 0] == pytest.approx(upright[0, 0], rel=0.1)


def test_a_face_without_landmarks_is_stored_shown_and_exported(
    store: BatchStore, tmp_path: Path, drawer: FaceDrawer, second_look: FakeDetector
) -> None:
    facts = labelled(store, (40, 0, 255), folder=tmp_path / "album")
    second_look.confirms = False
    (job,) = store.jobs()
    remove_faces(store.database, [photos_of(store, job)[0].faces[0].id])
    add_face(store.database, facts.id, *drawer.draw(facts, BOX))
    (photo,) = photos_of(store, job)
    (face,) = photo.faces
    assert (face.box_by, face.detection.has_landmarks) == (BoxBy.HAND, False)
    assert write_training_chips([photo], tmp_path / "chips").written_count == 1


def test_what_can_be_no_face_is_told_before_the_photo_is_read(
    store: BatchStore, tmp_path: Path, drawer: FaceDrawer
) -> None:
    facts = labelled(store, (40, 0, 255), folder=tmp_path / "album")
    facts.path.unlink()
    with pytest.raises(BoxError, match="16 px or more"):
        drawer.draw(facts, Box(0, 0, 9, 9))
    with pytest.raises(PhotoError):
        drawer.draw(facts, BOX)


def test_a_photo_that_was_changed_takes_no_box(
    store: BatchStore, tmp_path: Path, drawer: FaceDrawer
) -> None:
    facts = labelled(store, (40, 0, 255), folder=tmp_path / "album")
    write_photo(facts.path, (50, 0, 255), size=(80, 60))
    with pytest.raises(PhotoError, match="was changed since it was labelled"):
        drawer.draw(facts, BOX)


def test_a_drawn_face_is_estimated_anew_with_its_job(
    store: BatchStore, tmp_path: Path, drawer: FaceDrawer
) -> None:
    facts = labelled(store, (40, 0, 0), (40, 0, 0), folder=tmp_path / "album")
    (job,) = store.jobs()
    corner = Box(44, 2, 62, 20)
    detection, face = drawer.draw(facts, corner)
    assert face.estimate is not None
    wrong = replace(face, estimate=replace(face.estimate, age_years=1.0))
    add_face(store.database, facts.id, detection, wrong)
    store.ask_anew(job.id, OTHER_RECIPE)
    list(make_run(store, store.job(job.id)).run())
    first, second = photos_of(store, job)
    assert [one.face.box == corner for one in first.faces] == [False, True]
    assert first.faces[1].age_years == pytest.approx(40, abs=1)
    assert len(second.faces) == 1


def test_a_model_that_answers_otherwise_by_now_draws_nothing(model_folder: Path) -> None:
    recipe = make_recipe(None, Settings())
    with pytest.raises(ModelError, match="labelled by another version"):
        make_face_drawer(replace(recipe, model_digest="other"))


def test_a_search_that_finds_otherwise_by_now_does_not_matter(model_folder: Path) -> None:
    recipe = replace(make_recipe(None, Settings()), search_version=1, is_thorough=True)
    make_face_drawer(recipe).close()


def test_the_second_look_finds_the_landmarks_of_a_real_face(
    store: BatchStore, tmp_path: Path, model_folder: Path
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    Pillow.open(sample_photo()).save(album / "two.png")
    job, _ = run_job(store, [album])
    facts = photos_of(store, job)[0].facts
    with make_face_drawer(make_recipe(None, Settings())) as drawer:
        from core.assembly import make_photo_search
        from core.sources.photo import load_photo

        found = make_photo_search(Settings()).detect_photo(load_photo(facts.path).image)[0]
        detection, _ = drawer.draw(facts, found.box.moved(5, -4))
    shift = np.linalg.norm(detection.landmarks[:4] - found.landmarks[:4], axis=1)
    assert shift.max() < 0.1 * found.box.width
