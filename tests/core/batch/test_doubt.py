"""Doubtful faces in the store, in tables and in statistics."""

from dataclasses import replace

import pytest

from core.batch.correction import correct_face
from core.batch.export.csv_file import COLUMNS, rows_of
from core.batch.export.json_lines import photo_values
from core.batch.export.xmp.face_region import make_face_region
from core.batch.record import Correction
from core.batch.row_filter import RowFilter
from core.batch.row_query import labelled_photos
from core.batch.statistics import job_statistics
from core.batch.store import BatchStore
from core.doubt import is_doubtful
from core.face_label import label_text
from core.types import Detection, Face
from tests.core.batch.builders import fill_job, make_face, photos_of


def face_of(quality: float | None) -> tuple[Detection, Face]:
    detection, face = make_face(40)
    return detection, replace(face, quality=quality)


def test_a_doubtful_face_says_so_in_tables_and_labels_until_it_is_corrected(
    store: BatchStore,
) -> None:
    job = fill_job(store, {"a.jpg": [face_of(0.3)], "b.jpg": [face_of(0.9)]})
    doubtful, sure = photos_of(store, job)
    columns = COLUMNS.index("face_quality"), COLUMNS.index("doubtful")
    rows = [rows_of("x", photo)[0] for photo in (doubtful, sure)]
    assert [[row[column] for column in columns] for row in rows] == [
        ["0.300", "yes"],
        ["0.900", ""],
    ]
    assert label_text(doubtful.faces[0].shown).endswith(" · doubtful")
    correct_face(store.database, doubtful.faces[0].id, Correction(age_years=41))
    corrected = photos_of(store, job)[0]
    assert not corrected.faces[0].is_doubtful
    assert "doubtful" not in label_text(corrected.faces[0].shown)


def test_doubtful_faces_are_filtered_and_counted_apart(store: BatchStore) -> None:
    answers = {"a.jpg": [face_of(0.3)], "b.jpg": [face_of(0.9)], "c.jpg": [face_of(None)]}
    job = fill_job(store, {**answers, "d.jpg": []})

    def names(is_doubtful: bool) -> list[str]:
        row_filter = RowFilter(is_doubtful=is_doubtful)
        return [p.path.name for p in labelled_photos(store.database, job.id, row_filter)]

    assert names(True) == ["a.jpg"]
    assert names(False) == ["b.jpg", "c.jpg"]
    statistics = job_statistics(store.database, job.id)
    assert (statistics.face_count, statistics.doubtful_count) == (3, 1)


@pytest.mark.parametrize("quality", [0.5951, 0.5996, 0.5999999, 0.6, 0.6004, 0.603])
def test_the_mark_follows_from_the_quality_that_each_file_has(
    store: BatchStore, quality: float
) -> None:
    (photo,) = photos_of(store, fill_job(store, {"a.jpg": [face_of(quality)]}))
    row = dict(zip(COLUMNS, rows_of("x", photo)[0], strict=True))
    (face,) = photo_values("x", photo)["faces"]
    region = make_face_region(photo.faces[0], 100, 80)
    assert region is not None
    fields = dict(region.fields)
    written = [float(row["face_quality"]), face["face_quality"], float(fields["Quality"])]
    assert written == [written[0]] * 3
    assert written[0] == pytest.approx(quality, abs=1e-3)
    marks = [row["doubtful"] == "yes", face["is_doubtful"], "Doubtful" in fields]
    assert marks == [is_doubtful(written[0])] * 3 == [quality < 0.6] * 3
