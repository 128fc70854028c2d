from core.batch.record import Job
from core.batch.statistics import JobStatistics, job_statistics
from core.batch.store import BatchStore
from core.types import Gender
from gui.batch.statistics.statistics_charts import (
    age_chart,
    faces_per_photo_chart,
    gender_chart,
    main_figures,
)


def counted(**values: object) -> JobStatistics:
    empty: dict[str, object] = {"ages": {}, "genders": {}, "faces_per_photo": {}}
    return JobStatistics(bin_years=5, **{**empty, **values})  # type: ignore[arg-type]


def test_ages_are_stacked_by_gender_in_bins_of_five_years(
    store: BatchStore, family_job: Job
) -> None:
    chart = age_chart(job_statistics(store.database, family_job.id))
    assert [series.name for series in chart.series] == ["female", "male", "unsure"]
    assert len(chart.columns) == 15, "0-4 to 70-74, without gaps"
    assert {column.label: column.values for column in chart.columns if column.total} == {
        "5–9": (0, 1, 0),
        "30–34": (1, 0, 0),
        "70–74": (0, 0, 1),
    }


def test_genders_are_shares_of_all_faces(store: BatchStore, family_job: Job) -> None:
    chart = gender_chart(job_statistics(store.database, family_job.id))
    assert [(series.name, count) for series, count in chart.parts] == [
        ("female", 1),
        ("male", 1),
        ("unsure", 1),
    ]


def test_faces_of_a_model_without_gender_are_named_so() -> None:
    statistics = counted(ages={None: {20: 3}}, genders={None: 3})
    assert [series.name for series in age_chart(statistics).series] == ["no gender estimated"]
    assert [count for _, count in gender_chart(statistics).parts] == [3]


def test_photos_with_many_faces_share_a_column() -> None:
    chart = faces_per_photo_chart(counted(faces_per_photo={0: 5, 2: 1, 12: 2, 40: 1}))
    assert [(column.label, column.total) for column in chart.columns if column.total] == [
        ("0", 5),
        ("2", 1),
        ("10+", 3),
    ]
    assert [column.name for column in chart.columns][:3] == ["No face", "1 face", "2 faces"]


def test_the_main_figures_count_photos_that_were_read(store: BatchStore, family_job: Job) -> None:
    assert main_figures(job_statistics(store.database, family_job.id)) == (
        ("3", "faces"),
        ("3", "photos"),
        ("1.0", "faces per photo on average"),
        ("33 %", "of genders unsure"),
    )


def test_doubtful_faces_are_counted_beside_the_faces() -> None:
    figures = main_figures(counted(genders={Gender.FEMALE: 7}, doubtful_count=2))
    assert figures[0] == ("7", "faces, 2 doubtful")


def test_nothing_at_all_has_figures_and_charts_too() -> None:
    assert main_figures(counted())[2] == ("–", "faces per photo on average")
    assert age_chart(counted()).columns == ()
    assert gender_chart(counted(genders={Gender.MALE: 1})).parts[0][1] == 0


def test_people_of_videos_count_among_the_faces_and_not_among_those_of_photos() -> None:
    genders = {Gender.FEMALE: 4, Gender.MALE: 3}
    figures = main_figures(
        counted(genders=genders, faces_per_photo={2: 2}, video_count=1, people_count=3)
    )
    assert figures == (
        ("7", "faces"),
        ("2", "photos"),
        ("2.0", "faces per photo on average"),
        ("0 %", "of genders unsure"),
        ("3", "people seen in 1 video"),
    )
