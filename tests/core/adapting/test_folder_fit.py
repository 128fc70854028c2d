import numpy as np
import pytest

from core.adapting.folder_distance import FolderDistance, Nearness, distance_of
from core.adapting.folder_range import LEAST_FACES, fit_range, range_of_job
from core.batch.correction import correct_face
from core.batch.record import Correction
from core.batch.store import BatchStore
from core.types import Estimate, Gender
from tests.core.batch.builders import fill_job, make_face, photos_of

REACH_YEARS = 5.0


def make_pairs(count: int, error_years: float, seed: int) -> list[tuple[Estimate, float]]:
    """Estimates whose ranges reach five years, of people whose ages are off by more or less."""
    rng = np.random.default_rng(seed)
    ages = rng.uniform(20, 70, count).tolist()
    errors = rng.normal(0, error_years, count).tolist()
    return [
        (Estimate(age, age - REACH_YEARS, age + REACH_YEARS), age + error)
        for age, error in zip(ages, errors, strict=True)
    ]


def holds(estimate: Estimate, true_years: float) -> bool:
    assert estimate.age_low_years is not None
    assert estimate.age_high_years is not None
    return estimate.age_low_years <= true_years <= estimate.age_high_years


@pytest.mark.parametrize("error_years", [2.0, 12.0])
@pytest.mark.parametrize(("corrected_count", "draw_count"), [(LEAST_FACES, 100), (100, 10)])
def test_a_fitted_range_holds_eight_in_ten_unseen_faces(
    corrected_count: int, draw_count: int, error_years: float
) -> None:
    shares = []
    for draw in range(draw_count):
        fitted = fit_range(make_pairs(corrected_count, error_years, seed=draw))
        assert fitted is not None
        unseen = make_pairs(1000, error_years, seed=1000 + draw)
        shares.append(np.mean([holds(fitted.fitted(one), age) for one, age in unseen]))
    assert np.mean(shares) == pytest.approx(0.8, abs=0.03)


def test_fewer_faces_than_that_fit_no_range() -> None:
    assert fit_range(make_pairs(LEAST_FACES - 1, 5.0, seed=0)) is None


def test_an_estimate_without_a_range_stays_as_it_is_and_no_range_ends_below_zero() -> None:
    fitted = fit_range(make_pairs(50, 20.0, seed=0))
    assert fitted is not None
    assert fitted.factor > 2
    assert fitted.fitted(Estimate(30.0)) == Estimate(30.0)
    assert fitted.fitted(Estimate(3.0, 2.0, 4.0)).age_low_years == 0


def test_a_jobs_range_is_of_its_corrected_ages_and_is_put_into_its_photos(
    store: BatchStore,
) -> None:
    job = fill_job(store, {f"{n}.jpg": [make_face(40.0)] for n in range(LEAST_FACES)})
    assert range_of_job(store.database, job.id) is None
    for number, photo in enumerate(photos_of(store, job)):
        years = 40.0 + (number % 10 + 1)  # 1 to 10 years older, and the range reaches 5
        correct_face(store.database, photo.faces[0].id, Correction(age_years=years))
    fitted = range_of_job(store.database, job.id)
    assert fitted is not None
    assert (fitted.face_count, fitted.published_coverage) == (30, 0.5)
    assert fitted.factor == pytest.approx(9 / 5)
    (face,) = fitted.fitted_photo(photos_of(store, job)[0]).faces
    assert face.face.estimate is not None
    assert face.face.estimate.age_high_years == pytest.approx(40 + 9)


def test_a_face_in_copies_of_a_file_counts_once_in_a_range(store: BatchStore) -> None:
    copied = make_face(40.0)
    job = fill_job(store, {f"{n}.jpg": [copied] for n in range(2 * LEAST_FACES)})
    photos = photos_of(store, job)
    for photo in photos:
        correct_face(store.database, photo.faces[0].id, Correction(age_years=45.0))
    with store.database.transaction() as connection:
        connection.execute(
            "UPDATE photo SET content_hash = X'AA' WHERE id > ?", (photos[9].facts.id,)
        )
    assert range_of_job(store.database, job.id) is None
    with store.database.transaction() as connection:
        connection.execute("UPDATE photo SET content_hash = NULL")
    fitted = range_of_job(store.database, job.id)
    assert fitted is not None
    assert fitted.face_count == 2 * LEAST_FACES


def test_a_corrected_gender_is_no_corrected_age(store: BatchStore) -> None:
    job = fill_job(store, {f"{n}.jpg": [make_face(40.0)] for n in range(2 * LEAST_FACES)})
    photos = photos_of(store, job)
    for photo in photos[:LEAST_FACES]:
        correct_face(store.database, photo.faces[0].id, Correction(gender=Gender.FEMALE))
    for photo in photos[LEAST_FACES:]:
        correct_face(store.database, photo.faces[0].id, Correction(age_years=45.0))
    with store.database.transaction() as connection:
        for one, other in zip(photos, photos[LEAST_FACES:], strict=False):
            digest = one.facts.path.name.encode()
            connection.execute(
                "UPDATE photo SET content_hash = ? WHERE id IN (?, ?)",
                (digest, one.facts.id, other.facts.id),
            )
    fitted = range_of_job(store.database, job.id)
    assert fitted is not None
    assert fitted.face_count == LEAST_FACES


def test_a_distance_is_without_what_chance_brings() -> None:
    rng = np.random.default_rng(0)
    same = [distance_of(rng.normal(0, 1, (50, 64)).astype(np.float32)) for _ in range(20)]
    assert np.mean(same) < 0.5
    other = rng.normal(0, 1, (50, 64)).astype(np.float32)
    other[:, 3] += 3
    assert distance_of(other) == pytest.approx(3, abs=0.5)


def test_a_distance_is_said_in_words() -> None:
    words = [FolderDistance(value, 200).nearness for value in (0.8, 2.3, 3.2)]
    assert words == [Nearness.NEAR, Nearness.APART, Nearness.FAR]
