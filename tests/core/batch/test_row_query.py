import pytest

from core.batch.correction import correct_face
from core.batch.record import Correction, Job
from core.batch.row_filter import EVERY_ROW, RowFilter, RowKind, RowOrder
from core.batch.row_query import labelled_photo, labelled_photos, row_keys, table_rows
from core.batch.statistics import job_statistics
from core.batch.store import BatchStore
from core.types import Gender
from tests.core.batch.builders import fill_job, make_face, photos_of

CHILD = make_face(6, 0.2, Gender.MALE)
WOMAN = make_face(34, 0.95, Gender.FEMALE)
OLD = make_face(71, 0.5, Gender.UNSURE)
AGELESS = make_face(None, 0.8, Gender.FEMALE)


@pytest.fixture
def job(store: BatchStore) -> Job:
    return fill_job(
        store,
        {
            "Été.jpg": [CHILD, WOMAN],
            "100%.jpg": [OLD],
            "sea.jpg": [],
            "bad.jpg": "bad.jpg is empty.",
            "a_b.jpg": [AGELESS],
            "later.jpg": None,
        },
    )


def shown(
    store: BatchStore,
    job: Job,
    row_filter: RowFilter = EVERY_ROW,
    order: RowOrder = RowOrder.SCAN,
    *,
    descending: bool = False,
) -> list[str]:
    """Each row as its file and its face's number, such as "sea" or "Été 2"."""
    keys = row_keys(store.database, job.id, row_filter, order, descending=descending)
    rows = table_rows(store.database, keys)
    return [f"{row.facts.path.stem} {row.face.number if row.face else ''}".strip() for row in rows]


def test_every_face_and_every_photo_without_one_is_a_row(store: BatchStore, job: Job) -> None:
    assert shown(store, job) == ["Été 1", "Été 2", "100% 1", "sea", "bad", "a_b 1", "later"]


@pytest.mark.parametrize(
    ("row_filter", "rows"),
    [
        (RowFilter(min_age_years=30, max_age_years=40), ["Été 2"]),
        (RowFilter(max_age_years=34), ["Été 1", "Été 2"]),
        (RowFilter(genders=frozenset({Gender.UNSURE})), ["100% 1"]),
        (RowFilter(genders=frozenset({Gender.MALE, Gender.UNSURE})), ["Été 1", "100% 1"]),
        (RowFilter(kinds=frozenset({RowKind.ERROR})), ["bad"]),
        (RowFilter(kinds=frozenset({RowKind.NO_FACE, RowKind.WAITING})), ["sea", "later"]),
        (RowFilter(kinds=frozenset({RowKind.FACE}), text="été"), ["Été 1", "Été 2"]),
        (RowFilter(text="E\u0301T"), ["Été 1", "Été 2"]),
        (RowFilter(text="0%"), ["100% 1"]),
        (RowFilter(text="_"), ["a_b 1"]),
        (RowFilter(text="' OR 1 --"), []),
        (RowFilter(text="nowhere"), []),
        (RowFilter(corrected_only=True), []),
    ],
)
def test_a_filter_lets_pass_what_it_says(
    store: BatchStore, job: Job, row_filter: RowFilter, rows: list[str]
) -> None:
    assert shown(store, job, row_filter) == rows


@pytest.mark.parametrize(
    ("order", "descending", "rows"),
    [
        (RowOrder.SCAN, True, ["later", "a_b 1", "bad", "sea", "100% 1", "Été 2", "Été 1"]),
        (RowOrder.FILE, False, ["100% 1", "a_b 1", "bad", "later", "sea", "Été 1", "Été 2"]),
        (RowOrder.AGE, False, ["Été 1", "Été 2", "100% 1"]),
        (RowOrder.AGE, True, ["100% 1", "Été 2", "Été 1"]),
        (RowOrder.GENDER, False, ["Été 2", "a_b 1", "Été 1", "100% 1"]),
        (RowOrder.CERTAINTY, False, ["100% 1", "Été 1", "a_b 1", "Été 2"]),
        (RowOrder.CERTAINTY, True, ["Été 2", "Été 1", "a_b 1", "100% 1"]),
    ],
)
def test_rows_are_sorted_and_those_without_a_value_come_last(
    store: BatchStore, job: Job, order: RowOrder, descending: bool, rows: list[str]
) -> None:
    assert shown(store, job, order=order, descending=descending)[: len(rows)] == rows


def test_a_corrected_face_is_found_by_what_it_was_corrected_to(store: BatchStore, job: Job) -> None:
    child = photos_of(store, job)[0].faces[0]
    correct_face(store.database, child.id, Correction(age_years=20, gender=Gender.FEMALE))
    assert shown(store, job, RowFilter(min_age_years=19, max_age_years=21)) == ["Été 1"]
    assert shown(store, job, RowFilter(corrected_only=True)) == ["Été 1"]
    assert shown(store, job, RowFilter(genders=frozenset({Gender.MALE}))) == []


def test_a_page_is_the_rows_of_its_keys_in_their_order(store: BatchStore, job: Job) -> None:
    keys = row_keys(store.database, job.id)
    page = table_rows(store.database, keys[4:1:-1])
    assert [row.facts.path.stem for row in page] == ["bad", "sea", "100%"]
    store.delete_job(job.id)
    assert table_rows(store.database, keys) == ()


def test_other_jobs_do_not_show(store: BatchStore, job: Job) -> None:
    other = fill_job(store, {"other.jpg": [WOMAN]})
    assert shown(store, other) == ["other 1"]
    assert len(shown(store, job)) == 7


def test_a_filtered_photo_has_only_the_faces_that_pass_unless_it_is_to_be_whole(
    store: BatchStore, job: Job
) -> None:
    women = RowFilter(genders=frozenset({Gender.FEMALE}))
    passing = list(labelled_photos(store.database, job.id, women))
    assert [(p.path.stem, len(p.faces)) for p in passing] == [("Été", 1), ("a_b", 1)]
    whole = list(labelled_photos(store.database, job.id, women, whole_photos=True))
    assert [(p.path.stem, len(p.faces)) for p in whole] == [("Été", 2), ("a_b", 1)]


def test_a_photo_of_a_deleted_job_is_none(store: BatchStore, job: Job) -> None:
    photo_id = photos_of(store, job)[0].facts.id
    assert labelled_photo(store.database, photo_id) is not None
    store.delete_job(job.id)
    assert labelled_photo(store.database, photo_id) is None


def test_a_page_costs_little_anywhere_in_many_rows(store: BatchStore) -> None:
    names = [f"{number:06}.jpg" for number in range(10_000)]
    job = fill_job(store, {name: [WOMAN] if name < "005000" else None for name in names})
    keys = row_keys(store.database, job.id, order=RowOrder.FILE, descending=True)
    assert (len(keys), keys.itemsize) == (10_000, 8)
    steps: list[int] = []
    store.database._connection.set_progress_handler(lambda: steps.append(1), 100)
    page = table_rows(store.database, [*keys[:20], *keys[-20:]])
    assert (page[0].facts.path.stem, page[-1].facts.path.stem) == ("009999", "000000")
    assert len(steps) < 40, "a page is found by its keys, not by walking to it"


def test_statistics_count_ages_and_genders(store: BatchStore, job: Job) -> None:
    statistics = job_statistics(store.database, job.id)
    assert statistics.ages == {
        Gender.MALE: {5: 1}, Gender.FEMALE: {30: 1}, Gender.UNSURE: {70: 1},
    }  # fmt: skip
    assert statistics.genders == {Gender.MALE: 1, Gender.FEMALE: 2, Gender.UNSURE: 1}
    assert statistics.faces_per_photo == {0: 1, 1: 2, 2: 1}
    assert (statistics.face_count, statistics.share(Gender.FEMALE)) == (4, 0.5)
    assert statistics.unsure_share == 0.25


def test_statistics_follow_the_filter_and_corrections(store: BatchStore, job: Job) -> None:
    old = photos_of(store, job)[1].faces[0]
    correct_face(store.database, old.id, Correction(age_years=68, gender=Gender.MALE))
    grown_up = RowFilter(min_age_years=18)
    statistics = job_statistics(store.database, job.id, grown_up, bin_years=10)
    assert statistics.ages == {Gender.MALE: {60: 1}, Gender.FEMALE: {30: 1}}
    assert statistics.unsure_share == 0
    assert statistics.faces_per_photo == {1: 2}


def test_statistics_of_nothing_are_zero(store: BatchStore, job: Job) -> None:
    statistics = job_statistics(store.database, job.id, RowFilter(text="nowhere"))
    assert (statistics.face_count, statistics.unsure_share) == (0, 0)
    assert statistics.faces_per_photo == {}
