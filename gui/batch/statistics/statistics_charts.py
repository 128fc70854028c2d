"""The statistics of a job as charts and figures."""

from core.batch.statistics import JobStatistics
from core.types import Gender
from gui.batch.statistics.charts.chart import Series
from gui.batch.statistics.charts.column_chart import Column, ColumnChart
from gui.batch.statistics.charts.share_chart import ShareChart
from gui.language.translation import translate
from gui.language.words import counted, decimal, gender_word, share, whole

MOST_FACES = 10
"""Photos with so many faces and more share a column."""

Figure = tuple[str, str]
"""A number, and the words for it."""


def _gender_series() -> tuple[tuple[Gender | None, Series], ...]:
    """What the colours of genders stand for, in the order of the charts."""
    named = tuple((each, Series(gender_word(each).lower(), each.value)) for each in Gender)
    return *named, (None, Series(translate("Statistics", "no gender estimated"), "accent"))


def main_figures(statistics: JobStatistics) -> tuple[Figure, ...]:
    """What one wants to know first."""
    photos = sum(statistics.faces_per_photo.values())
    faces = statistics.face_count
    words = counted.faces_word(faces)
    if statistics.doubtful_count:
        text = translate("Statistics", "{faces}, {count} doubtful")
        words = text.format(faces=words, count=whole(statistics.doubtful_count))
    in_photos = faces - statistics.people_count
    per_photo = decimal(in_photos / photos) if photos else "–"
    people = (whole(statistics.people_count), counted.people_word(statistics.video_count))
    return (
        (whole(faces), words),
        (whole(photos), counted.photos_word(photos)),
        (per_photo, translate("Statistics", "faces per photo on average")),
        (share(statistics.unsure_share, digits=0), translate("Statistics", "of genders unsure")),
        *((people,) if statistics.video_count else ()),
    )


def age_chart(statistics: JobStatistics) -> ColumnChart:
    """How old the faces are, by gender."""
    ages, years = statistics.ages, statistics.bin_years
    shown = [(gender, series) for gender, series in _gender_series() if ages.get(gender)]
    last = max((first for bins in ages.values() for first in bins), default=-years)
    columns = tuple(
        Column(
            label=f"{first}–{first + years - 1}",
            name=translate("Statistics", "{first}–{last} years").format(
                first=first, last=first + years - 1
            ),
            values=tuple(ages[gender].get(first, 0) for gender, _ in shown),
        )
        for first in range(0, last + years, years)
    )
    series = tuple(series for _, series in shown)
    title, axis = translate("Statistics", "Ages"), translate("Statistics", "age in years")
    return ColumnChart(title, series, columns, axis, counted.faces)


def gender_chart(statistics: JobStatistics) -> ShareChart:
    """How the faces divide into genders, unsure ones among them."""
    counts = statistics.genders
    has_genders = any(gender is not None for gender in counts)
    parts = tuple(
        (series, counts.get(gender, 0))
        for gender, series in _gender_series()
        if counts.get(gender) or (gender is not None and has_genders)
    )
    return ShareChart(translate("Statistics", "Genders"), parts, counted.faces)


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
    series = (Series(counted.photos_word(2), "accent"),)
    title = translate("Statistics", "Faces per photo")
    axis = translate("Statistics", "faces in a photo")
    return ColumnChart(title, series, columns, axis, counted.photos)


def _count_label(faces: int) -> str:
    return f"{faces}+" if faces == MOST_FACES else str(faces)


def _face_words(faces: int) -> str:
    if faces == MOST_FACES:
        return translate("Statistics", "{count} faces or more").format(count=faces)
    return counted.faces(faces) if faces else translate("Statistics", "No face")
