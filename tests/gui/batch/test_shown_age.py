"""An age is the same wherever it is asked for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.batch.export import training_chips
from core.batch.export.sorted_copies import age_group
from core.batch.export.xmp.face_region import make_face_region
from core.batch.record import Job, LabelledFace
from core.batch.row_filter import RowFilter
from core.batch.row_query import labelled_photos, row_keys
from core.batch.statistics import job_statistics
from core.batch.store import BatchStore
from core.face_label import label_text
from core.types import Estimate, Gender
from gui.batch.grid.face_cell import face_caption
from gui.batch.table.row_text import age_text
from gui.picture.face_painter import label_parts
from gui.web.answers import face_cells
from gui.web.words import ENGLISH
from tests.core.batch.builders import fill_job, make_face

CASES = pytest.mark.parametrize(
    ("age_years", "shown"), [(89.63, 90), (17.5, 18), (16.5, 17), (0.4, 0), (0.5, 1), (34.49, 34)]
)


def job_of(store: BatchStore, age_years: float) -> Job:
    detection, face = make_face(gender=Gender.FEMALE)
    face = replace(face, estimate=Estimate(age_years, 0.0, 100.0, 0.95))
    return fill_job(store, {"a.jpg": [(detection, face)]})


@pytest.fixture
def face_of(store: BatchStore) -> Callable[[float], LabelledFace]:
    def stored(age_years: float) -> LabelledFace:
        (photo,) = labelled_photos(store.database, job_of(store, age_years).id)
        return photo.faces[0]

    return stored


@CASES
def test_tables_labels_and_pages_say_the_same(
    face_of: Callable[[float], LabelledFace], age_years: float, shown: int
) -> None:
    face = face_of(age_years)
    region = make_face_region(face, 100, 80)
    assert region is not None
    texts = {
        "table": age_text(face).split(" ")[0],
        "grid": face_caption(face).age,
        "picture": label_parts(face.face)[0].text,
        "annotated copy": label_text(face.face).split(" ")[0],
        "web page": face_cells(face.face, ENGLISH)[0],
        "sidecar": region.name.split(" ")[-1],
        "chip": str(training_chips._label(face)).split("_")[0],
    }
    assert texts == dict.fromkeys(texts, str(shown))
    assert age_group(age_years) == f"{shown // 10 * 10:02}-{shown // 10 * 10 + 9:02}"


@CASES
def test_the_filter_and_the_statistics_count_what_is_shown(
    store: BatchStore, age_years: float, shown: int
) -> None:
    job = job_of(store, age_years)

    def passing(low: int, high: int) -> int:
        row_filter = RowFilter(min_age_years=low, max_age_years=high)
        return len(row_keys(store.database, job.id, row_filter))

    assert (passing(shown, shown), passing(shown + 1, 120), passing(0, shown - 1)) == (1, 0, 0)
    statistics = job_statistics(store.database, job.id)
    assert statistics.ages == {Gender.FEMALE: {shown // 5 * 5: 1}}
