"""What the faces of a job look like together, under the same filter as its table."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.batch.database import Database
from core.batch.face_row import PHOTOS_WITH_FACES
from core.batch.row_filter import DOUBTFUL, EVERY_ROW, SHOWN_GENDER, SHOWN_YEARS, RowFilter
from core.batch.stored_row import age_count_of, integer
from core.types import Gender


@dataclass(frozen=True, slots=True)
class JobStatistics:
    """Counts over the rows that passed a filter, of ages as they are shown. Corrected ones count.

    Attributes:
        bin_years: width of a bin of the histogram.
        ages: faces by gender (None: not estimated) and by the youngest age of their bin.
        genders: faces by gender; None for those whose model gives none.
        faces_per_photo: photos by the number of their faces; videos are none.
        doubtful_count: faces whose estimate is doubtful; they count in the others, too.
        video_count: videos that were read.
        people_count: faces of people in videos; they count in the others, too.
    """

    bin_years: int
    ages: Mapping[Gender | None, Mapping[int, int]]
    genders: Mapping[Gender | None, int]
    faces_per_photo: Mapping[int, int]
    doubtful_count: int = 0
    video_count: int = 0
    people_count: int = 0

    @property
    def face_count(self) -> int:
        return sum(self.genders.values())

    def share(self, gender: Gender) -> float:
        """Of all faces with a gender, unsure ones included, 0-1; 0 without any."""
        known = self.face_count - self.genders.get(None, 0)
        return self.genders.get(gender, 0) / known if known else 0.0

    @property
    def unsure_share(self) -> float:
        """How many faces the model does not commit itself on, 0-1."""
        return self.share(Gender.UNSURE)


def job_statistics(
    database: Database, job_id: int, row_filter: RowFilter = EVERY_ROW, bin_years: int = 5
) -> JobStatistics:
    """Count the faces and photos of a job that pass a filter."""
    condition, values = row_filter.to_sql()
    rows = f"{PHOTOS_WITH_FACES} WHERE photo.job_id = ? AND {condition}"
    # What is no number would be counted as 0.
    bins = (
        f"CASE typeof({SHOWN_YEARS}) WHEN 'integer' "
        f"THEN {SHOWN_YEARS} / {bin_years} * {bin_years} ELSE {SHOWN_YEARS} END"
    )
    faces = f"FROM {rows} AND face.id"
    ages: dict[Gender | None, dict[int, int]] = {}
    genders: dict[Gender | None, int] = {}
    counted = database.read(
        age_count_of,
        f"SELECT {SHOWN_GENDER}, {bins}, count(*) {faces} GROUP BY 1, 2 ORDER BY 1, 2",
        (job_id, *values),
    )
    for gender, age, count in counted:
        genders[gender] = genders.get(gender, 0) + count
        if age is not None:
            ages.setdefault(gender, {})[age] = count
    per_photo = database.rows(
        "SELECT faces, count(*) FROM (SELECT count(face.id) AS faces "
        f"FROM {rows} AND photo.state = 'done' AND NOT photo.is_video GROUP BY photo.id) "
        "GROUP BY faces ORDER BY faces",
        (job_id, *values),
    )
    videos = database.row(
        "SELECT count(DISTINCT photo.id), count(face.id) "
        f"FROM {rows} AND photo.state = 'done' AND photo.is_video",
        (job_id, *values),
    )
    doubtful = database.row(f"SELECT count(*) {faces} AND {DOUBTFUL}", (job_id, *values))
    doubtful_count = 0 if doubtful is None else integer("faces", doubtful[0])
    return JobStatistics(
        bin_years, ages, genders, dict(per_photo), doubtful_count, *(videos or (0, 0))
    )
