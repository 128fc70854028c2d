"""A job whose faces are all different."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.batch.correction import correct_face
from core.batch.record import Correction, Job, LabelledPhoto
from core.batch.store import BatchStore
from core.types import Gender
from tests.core.batch.builders import fill_job, make_face, photos_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BatchStore]:
    with BatchStore.open(tmp_path / "data" / "jobs.sqlite") as store:
        yield store


@pytest.fixture
def job(store: BatchStore) -> Job:
    """A woman and a man (corrected to 41) in one photo, a landscape, a broken file."""
    man = make_face(50, 0.1, Gender.MALE)
    job = fill_job(
        store, {"two.jpg": [make_face(), man], "sea.jpg": [], "bad.jpg": "bad.jpg is empty."}
    )
    face_id = photos_of(store, job)[0].faces[1].id
    correct_face(store.database, face_id, Correction(age_years=41))
    return job


@pytest.fixture
def photos(store: BatchStore, job: Job) -> list[LabelledPhoto]:
    return photos_of(store, job)
