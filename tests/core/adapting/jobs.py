"""Jobs of photos whose faces were corrected."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image as Pillow

from core.adapting.corrected_faces import JobChoice
from core.batch.correction import correct_face
from core.batch.database import Database
from core.batch.file_stamp import file_stamp
from core.batch.outcome import PhotoAnswer
from core.batch.record import Correction
from core.batch.scan import FoundPhoto
from core.batch.store import BatchStore
from core.types import FaceSpan
from tests.core.batch.builders import RECIPE, make_face, photos_of, write_frames

BIAS_YEARS = 12.0
COUNT = 80


def mottled(seed: int, colour: tuple[int, int, int]) -> Pillow.Image:
    """A photo of 64 × 48 px, of a colour with spots, at places that are its own."""
    spots = np.random.default_rng(seed).normal(0, 12, (12, 16, 1))
    spots = cv2.resize(spots - spots.mean(), (64, 48), interpolation=cv2.INTER_CUBIC)
    return Pillow.fromarray(np.clip(spots[..., None] + colour, 0, 255).astype(np.uint8))


def fill(
    database: Database, folder: Path, age_of: Callable[[float], float], count: int = COUNT
) -> JobChoice:
    """A job of photos, whose red says an age; each face is corrected to `age_of` it.

    Photos that are there already stay as they are.
    """
    store = BatchStore(database)
    reds = np.random.default_rng(0).integers(20, 200, count).tolist()
    photos = [folder / f"{n}.png" for n in range(count)]
    folder.mkdir(parents=True, exist_ok=True)
    for n, red in enumerate(reds):
        if not photos[n].exists():
            mottled(n, (red, n, 90)).save(photos[n])
    job = store.create_job("camera", [folder], RECIPE)
    found = [FoundPhoto(photo, *file_stamp(photo.stat())) for photo in photos]
    store.add_findings(job.id, found)
    waiting = store.waiting_photos(job.id, 0, count)
    answers = [
        PhotoAnswer(each.id, each.path.name.encode().ljust(32), 64, 48, [make_face()])
        for each in waiting
    ]
    store.store_outcomes(RECIPE.to_text(), answers)
    for photo, red in zip(photos_of(store, job), reds, strict=True):
        age = min(max(age_of(red * 100 / 255), 0.0), 100.0)
        correct_face(database, photo.faces[0].id, Correction(age_years=age))
    return JobChoice(database, job.id)


def fill_with_films(
    database: Database, folder: Path, film_count: int, frame_count: int, years: float
) -> JobChoice:
    """A job of videos: each frame shows somebody else, corrected to so many years more."""
    store = BatchStore(database)
    rng = np.random.default_rng(1)
    reds = rng.integers(20, 200, (film_count, frame_count)).tolist()
    films = [folder / f"{number}.avi" for number in range(film_count)]
    for number, (film, colours) in enumerate(zip(films, reds, strict=True)):
        pictures = [mottled(100 * number + n, (red, n, 90)) for n, red in enumerate(colours)]
        write_frames(film, [np.asarray(picture) for picture in pictures])
    job = store.create_job("films", [folder], RECIPE)
    store.add_findings(job.id, [FoundPhoto(film, *file_stamp(film.stat())) for film in films])
    spans = [FaceSpan(n / 25, n / 25, n / 25) for n in range(frame_count)]
    answers = [
        PhotoAnswer(
            film.id, bytes([film.id]) * 32, 64, 48, [make_face()] * frame_count, spans=spans
        )
        for film in store.waiting_photos(job.id, 0, film_count, is_video=True)
    ]
    store.store_outcomes(RECIPE.to_text(), answers)
    for labelled, colours in zip(photos_of(store, job), reds, strict=True):
        for picture, red in zip(labelled.pictures, colours, strict=True):
            age = min(red * 100 / 255 + years, 100.0)
            correct_face(database, picture.faces[0].id, Correction(age_years=age))
    return JobChoice(database, job.id)
