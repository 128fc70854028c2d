"""The statistics of a job as charts and figures."""

from core.batch.statistics import JobStatistics
from core.types import Gender
from gui.batch.statistics.charts.chart import Series
from gui.batch.statistics.charts.column_chart import Column, ColumnChart
from gui.batch.statistics.charts.share_chart import ShareChart

GENDERS: tuple[tuple[Gender | None, Series], ...] = (
    (Gender.FEMALE, Series("female", "female")),
    (Gender.MALE, Series("male", "male")),
    (Gender.UNSURE, Series("unsure", "unsure")),
    (None, Series("no gender estimated", "accent")),
)
MOST_FACES = 10
"""Photos with so many faces and more share a column."""

Figure = tuple[str, str]
"""A number, and the words for it."""


def main_figures(statistics: JobStatistics) -> tuple[Figure, ...]:
    """What one wants to know first."""
    photos = sum(statistics.faces_per_photo.values())
    faces = statistics.face_count
    doubt = f", {statistics.doubtful_count:,} doubtful" if statistics.doubtful_count else ""
    per_photo = f"{faces / photos:.1f}" if photos else "–"
    return (
        (f"{faces:,}", f"{'face' if faces == 1 else 'faces'}{doubt}"),
        (f"{photos:,}", "photo" if photos == 1 else "photos"),
        (per_photo, "faces per photo on average"),
        (f"{statistics.unsure_share:.0%}".replace("%", " %"), "of genders unsure"),
    )


def age_chart(statistics: JobStatistics) -> ColumnChart:
    """How old the faces are, by gender."""
    ages, years = statistics.ages, statistics.bin_years
    shown = [(gender, series) for gender, series in GENDERS if ages.get(gender)]
    last = max((first for bins in ages.values() for first in bins), default=-years)
    columns = tuple(
        Column(
            label=f"{first}–{first + years - 1}",
            name=f"{first}–{first + years - 1} years",
            values=tuple(ages[gender].get(first, 0) for gender, _ in shown),
        )
        for first in range(0, last + years, years)
    )
    series = tuple(series for _, series in shown)
    return ColumnChart("Ages", series, columns, "age in years", "faces")


def gender_chart(statistics: JobStatistics) -> ShareChart:
    """How the faces divide into genders, unsure ones among them."""
    counts = statistics.genders
    has_genders = any(gender is not None for gender in counts)
    parts = tuple(
        (series, counts.get(gender, 0))
        for gender, series in GENDERS
        if counts.get(gender) or (gender is not None and has_genders)
    )
    return ShareChart("Genders", parts, "faces")


def faces_per_photo_chart(statistics: JobStatistics) -> ColumnChart:
    """How many photos have how many faces."""
    photos = dict.fromkeys(
        range(min(MOST_FACES, max(statistics.faces_per_photo, default=0)) + 1), 0
    )
    for faces, count in statistics.faces_per_photo.items():
        photos[min(MOST_FACES, faces)] += count
    columns = tuple(
        Column(_count_label(faces), _face_words(faces), (count,)) for faces, count in photos.items()
    )
    series = (Series("photos", "accent"),)
    return ColumnChart("Faces per photo", series, columns, "faces in a photo", "photos")


def _count_label(faces: int) -> str:
    return f"{faces}+" if faces == MOST_FACES else str(faces)


def _face_words(faces: int) -> str:
    if faces == MOST_FACES:
        return f"{faces} faces or more"
    return {0: "No face", 1: "1 face"}.get(faces, f"{faces} faces")
