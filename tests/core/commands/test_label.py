import csv
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core import paths
from core.assembly import make_recipe
from core.batch.database import command_line_path
from core.batch.export import csv_file
from core.batch.job import BatchJob
from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress, VideoPlace
from core.batch.record import Job
from core.batch.store import BatchStore
from core.commands import label
from core.commands.label import LabelOptions, progress_text
from core.errors import ExportError, SettingsError, SourceError, StoreError
from core.settings import EngineChoice, Settings
from tests.core.batch.builders import ColourDetector, make_run, write_film, write_photo

HEADER = (
    "path,face,left,top,right,bottom,detection_score,age,age_low,age_high,female_probability,"
    "gender,face_quality,doubtful,error,note,labelled_by,box_by,from_s,to_s,frame_s"
)
WOMAN = (33, 0, 255)
NOBODY = (0, 0, 0)


@pytest.fixture(autouse=True)
def runs(
    model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[ColourDetector]:
    """Jobs find one face in the middle of each photo; the detectors that looked."""
    detectors: list[ColourDetector] = []

    def make_detector() -> ColourDetector:
        detectors.append(ColourDetector())
        return detectors[-1]

    def make_batch_job(
        store: BatchStore, job: Job, control: JobControl, engine: EngineChoice, workers: int | None
    ) -> BatchJob:
        return make_run(store, job, control, make_detector=make_detector, worker_count=workers or 1)

    monkeypatch.setattr(label, "make_batch_job", make_batch_job)
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return detectors


def run(*names: str, **options: object) -> int:
    return label.run(LabelOptions(paths=names, **options))  # type: ignore[arg-type]


def labelled_by() -> str:
    """In one of the last columns of each row."""
    return make_recipe(None, Settings()).labelled_by


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_those_that_users_were_promised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_photo(Path("woman.png"), WOMAN)
    assert run("woman.png") == 0
    assert capsys.readouterr().out == (
        f"{HEADER}\nwoman.png,1,16.0,12.0,40.0,36.0,0.900,33.0,27.7,40.3,1.0000,female,0.936,,,,"
        f"{labelled_by()},detector,,,\n"
    )


@pytest.mark.parametrize("option", ["csv_path", "jsonl_path", "xlsx_path"])
@pytest.mark.parametrize("name", ["woman.png", "other.JPG", "film.mp4", "raw.dng", "plain"])
def test_no_table_takes_the_place_of_a_photo(option: str, name: str) -> None:
    for photo in ("woman.png", "other.JPG", "film.mp4", "raw.dng", "plain"):
        write_photo(Path("photo.png"), WOMAN).rename(photo)
    before = Path(name).read_bytes()
    with pytest.raises(ExportError, match=f"{name} would be replaced: the word after --csv"):
        run("woman.png", "plain", **{option: Path(name)})
    assert Path(name).read_bytes() == before


def test_two_outputs_in_one_file_are_refused() -> None:
    write_photo(Path("woman.png"), WOMAN)
    with pytest.raises(ExportError, match="give each a name of its own"):
        run("woman.png", csv_path=Path("faces.txt"), jsonl_path=Path("./faces.txt"))


def test_an_empty_name_is_a_sentence() -> None:
    with pytest.raises(SourceError, match="An empty name is no photo"):
        run("")


def test_a_photo_without_a_face_is_one_row_with_empty_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_photo(Path("night.png"), NOBODY)
    assert run("night.png") == 0
    assert capsys.readouterr().out.splitlines()[1] == (
        "night.png" + "," * 15 + f"It is very dark: faces may stay unseen.,{labelled_by()},,,,"
    )


def test_a_photo_that_could_not_be_read_is_a_row_and_the_others_follow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("broken.jpg").touch()
    write_photo(Path("woman.png"), WOMAN)
    assert run("broken.jpg", "gone.jpg", "woman.png") == 1
    broken, gone, woman = rows(capsys.readouterr().out)
    assert broken["error"] == "broken.jpg is empty: it has zero bytes."
    assert gone["error"] == "gone.jpg does not exist. Was it moved or renamed?"
    assert broken["face"] == broken["left"] == broken["gender"] == ""
    assert (woman["gender"], woman["error"]) == ("female", "")


def test_photos_of_a_folder_are_named_as_the_folder_was(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("b.jpg", "a.jpg", "2024/c.JPG"):
        write_photo(Path("album", name))
    Path("album", "notes.txt").touch()
    assert run("./album/") == 0
    names = [row["path"] for row in rows(capsys.readouterr().out)]
    assert names == ["./album/a.jpg", "./album/b.jpg", "./album/2024/c.JPG"]


def test_a_path_is_written_as_it_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    write_photo(Path("woman.png"))
    run("./x/../woman.png")
    assert rows(capsys.readouterr().out)[0]["path"] == "./x/../woman.png"


@pytest.mark.parametrize(
    "name", ["two\nlines.png", "old\rmac.png", 'a "q", b.png', "家族 Ελένη.png"]
)
def test_names_of_any_kind_come_back_from_the_csv(name: str) -> None:
    write_photo(Path(name))
    run(name, csv_path=Path("ages.csv"))
    assert [row["path"] for row in rows(Path("ages.csv").read_bytes().decode())] == [name]


def test_a_name_that_looks_like_a_formula_still_leads_to_its_file() -> None:
    write_photo(Path("=1+1.png"))
    run("=1+1.png", csv_path=Path("ages.csv"))
    assert [row["path"] for row in rows(Path("ages.csv").read_text())] == ["./=1+1.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_is_labelled_and_every_table_stays_unicode(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    name = os.fsdecode(b"caf\xe9.png")
    write_photo(Path(name), WOMAN)
    run(name, csv_path=Path("a.csv"), jsonl_path=Path("a.jsonl"), writes_xmp=True)
    (row,) = rows(Path("a.csv").read_bytes().decode())
    assert (row["path"], row["gender"]) == ("caf?.png", "female")
    assert json.loads(Path("a.jsonl").read_bytes().decode())["path"] == "caf?.png"
    assert Path(f"{name}.xmp").exists(), "a sidecar lies beside its photo, under its very name"
    run(name)
    assert b"\ncaf?.png,1," in capfdbinary.readouterr().out


def test_every_output_is_written_at_once_and_the_terminal_stays_quiet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("xlsxwriter")
    write_photo(Path("album/woman.png"), WOMAN)
    code = run(
        "album",
        csv_path=Path("a.csv"),
        jsonl_path=Path("a.jsonl"),
        xlsx_path=Path("a.xlsx"),
        writes_xmp=True,
        annotated_dir=Path("copies"),
        hides_faces=True,
    )
    assert code == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
    assert rows(Path("a.csv").read_text())[0]["path"] == "album/woman.png"
    assert json.loads(Path("a.jsonl").read_text())["path"] == "album/woman.png"
    assert Path("a.xlsx").stat().st_size > 0
    assert "female 33" in Path("album/woman.png.xmp").read_text()
    assert [path.name for path in Path("copies").iterdir()] == ["woman.jpg"]


def test_an_output_that_could_not_be_written_is_said_before_any_work(
    runs: list[ColourDetector], tmp_path: Path
) -> None:
    write_photo(Path("woman.png"))
    with pytest.raises(ExportError, match="could not be written"):
        run("woman.png", csv_path=tmp_path / "gone" / "ages.csv")
    with pytest.raises(ExportError, match="is not a file"):
        run("woman.png", xlsx_path=tmp_path)
    assert runs == []


def test_a_sidecar_that_could_not_be_written_is_said_and_counts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_photo(Path("woman.png"), WOMAN)
    Path("woman.png.xmp").write_text("<broken")
    assert run("woman.png", writes_xmp=True) == 1
    assert "it was left as it is" in capsys.readouterr().err


def test_an_older_csv_survives_when_the_run_is_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(_progress: object) -> None:
        raise KeyboardInterrupt

    write_photo(Path("woman.png"))
    Path("ages.csv").write_text("old")
    monkeypatch.setattr(label, "show_progress", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run("woman.png", csv_path=Path("ages.csv"))
    assert Path("ages.csv").read_text() == "old"


def interrupt_after(monkeypatch: pytest.MonkeyPatch, photo_count: int) -> None:
    """Let the next run be stopped by the user."""

    def show(run: object) -> None:
        for progress in run:  # type: ignore[attr-defined]
            if progress.done >= photo_count:
                raise KeyboardInterrupt

    monkeypatch.setattr(label, "show_progress", show)


def test_a_run_that_was_stopped_goes_on_where_it_was(
    runs: list[ColourDetector],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for number in range(60):
        write_photo(Path(f"album/{number:02}.png"), (number + 20, 0, 0))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        interrupt_after(patch, 1)
        run("album")
    with BatchStore.open(command_line_path()) as store:
        done = store.counts(store.jobs()[0].id).done
    looked = sum(detector.look_count for detector in runs)
    assert 0 < done < 60
    assert run("album", resumes=True) == 0
    assert sum(detector.look_count for detector in runs) - looked == 60 - done
    assert len(rows(capsys.readouterr().out)) == 60


@pytest.mark.usefixtures("own_control_c")
def test_control_c_ends_in_order_and_says_what_is_kept_and_how_to_go_on(
    runs: list[ColourDetector], monkeypatch: pytest.MonkeyPatch
) -> None:
    def press_once(told: Iterator[JobProgress]) -> None:
        pressed = False
        for progress in told:
            if progress.done and not pressed:
                pressed = True
                signal.raise_signal(signal.SIGINT)

    for number in range(60):
        write_photo(Path(f"album/{number:02}.png"), (number + 20, 0, 0))
    monkeypatch.setattr(label, "show_progress", press_once)
    with pytest.raises(KeyboardInterrupt) as stop:
        run("album", csv_path=Path("ages.csv"))
    with BatchStore.open(command_line_path()) as store:
        done = store.counts(store.jobs()[0].id).done
    assert str(stop.value) == (
        f"Stopped with {done} of 60 photos labelled, which are kept: "
        "the same command with --resume goes on from there."
    )
    assert 0 < done < 60
    assert not Path("ages.csv").exists()


@pytest.mark.usefixtures("own_control_c")
def test_control_c_while_detectors_are_made_cancels_before_a_photo_is_read(
    runs: list[ColourDetector], monkeypatch: pytest.MonkeyPatch
) -> None:
    class InterruptedDetector(ColourDetector):
        def __init__(self) -> None:
            super().__init__()
            if not runs:
                runs.append(self)
                signal.raise_signal(signal.SIGINT)

    def make_batch_job(
        store: BatchStore, job: Job, control: JobControl, *_options: object
    ) -> BatchJob:
        return make_run(store, job, control, make_detector=InterruptedDetector)

    write_photo(Path("woman.png"))
    monkeypatch.setattr(label, "make_batch_job", make_batch_job)
    with pytest.raises(KeyboardInterrupt, match="Stopped with 0 of 1 photos"):
        run("woman.png")
    assert len(runs) == 1


def test_a_run_that_was_stopped_in_its_scan_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_photo(Path("woman.png"))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt) as stop:
        interrupt_after(patch, 0)
        run("woman.png")
    assert str(stop.value) == (
        "Stopped before all files were found: the same command with --resume goes on from there."
    )
    assert run("woman.png", resumes=True) == 0


def test_a_second_run_is_answered_from_the_store_and_replaces_the_first(
    runs: list[ColourDetector],
) -> None:
    write_photo(Path("woman.png"))
    run("woman.png", csv_path=Path("a.csv"))
    run("woman.png", csv_path=Path("b.csv"))
    assert sum(detector.look_count for detector in runs) == 1
    assert Path("a.csv").read_text() == Path("b.csv").read_text()
    with BatchStore.open(command_line_path()) as store:
        assert len(store.jobs()) == 1


def look_count(runs: list[ColourDetector]) -> int:
    return sum(detector.look_count for detector in runs)


def write_album(count: int = 40) -> None:
    for number in range(count):
        write_photo(Path(f"album/{number:02}.png"), (number + 20, 0, 0))


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen once, after the first photos of the next run."""
    is_left = [True]

    def show(told: Iterator[JobProgress]) -> None:
        for progress in told:
            if progress.done and is_left:
                is_left.clear()
                happens()

    monkeypatch.setattr(label, "show_progress", show)


def test_a_run_that_ends_first_leaves_the_other_on_the_same_folder_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_album()
    meanwhile(monkeypatch, lambda: run("album", csv_path=Path("second.csv")))
    assert run("album", csv_path=Path("first.csv")) == 0
    assert len(rows(Path("first.csv").read_text())) == 40
    assert Path("first.csv").read_text() == Path("second.csv").read_text()


def test_the_answers_of_several_models_are_kept(runs: list[ColourDetector]) -> None:
    write_photo(Path("woman.png"))
    for min_face_px in (20, 40, 20, 40):
        run("woman.png", min_face_px=min_face_px)
    assert look_count(runs) == 2


def test_a_run_that_was_stopped_goes_on_after_a_run_of_another_model(
    runs: list[ColourDetector], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_album()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        interrupt_after(patch, 1)
        run("album")
    run("album", min_face_px=40)
    looked = look_count(runs)
    assert run("album", resumes=True) == 0
    assert 0 < look_count(runs) - looked < 40


def delete_jobs() -> None:
    with BatchStore.open(command_line_path()) as store:
        for job in store.jobs():
            store.delete_job(job.id)


def test_a_run_whose_job_is_gone_is_a_sentence_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_album()
    Path("ages.csv").write_text("old")
    meanwhile(monkeypatch, delete_jobs)
    with pytest.raises(StoreError, match="deleted"):
        run("album", csv_path=Path("ages.csv"))
    assert Path("ages.csv").read_text() == "old"


def test_a_job_that_is_deleted_while_it_is_written_is_written_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write_csv(*arguments: Any) -> None:
        csv_file.write_csv(*arguments)
        delete_jobs()

    write_album()
    monkeypatch.setattr(label, "write_csv", write_csv)
    assert run("album", csv_path=Path("ages.csv"), jsonl_path=Path("ages.jsonl")) == 0
    assert len(Path("ages.jsonl").read_text().splitlines()) == 40


def test_photos_that_are_left_waiting_are_said_and_count(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def show_begin(told: Iterator[JobProgress]) -> None:
        while next(told).done == 0:
            pass

    write_album()
    with monkeypatch.context() as patch:
        patch.setattr(label, "show_progress", show_begin)
        assert run("album") == 1
    said = capsys.readouterr().err
    assert said.startswith("Photos and videos that are still to be labelled: ")
    assert said.endswith(". The same command with --resume goes on from there.\n")
    assert run("album", resumes=True) == 0


def test_a_run_with_nothing_to_resume_finds_what_is_new_and_labels_only_that(
    runs: list[ColourDetector], capsys: pytest.CaptureFixture[str]
) -> None:
    write_photo(Path("album/old.png"), WOMAN)
    run("album")
    write_photo(Path("album/new.png"), (40, 0, 0))
    capsys.readouterr()
    assert run("album", resumes=True) == 0
    assert [row["path"] for row in rows(capsys.readouterr().out)] == [
        "album/new.png",
        "album/old.png",
    ]
    assert look_count(runs) == 2


def test_a_resumed_run_tries_what_failed_again(capsys: pytest.CaptureFixture[str]) -> None:
    Path("album").mkdir()
    Path("album/late.png").touch()
    assert run("album") == 1
    write_photo(Path("album/late.png"), WOMAN)
    assert run("album", resumes=True) == 0
    assert rows(capsys.readouterr().out)[-1]["gender"] == "female"


def test_a_video_has_a_row_for_each_person_with_the_seconds_of_their_stay(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_photo(Path("album", "woman.png"), WOMAN)
    write_film(Path("album", "clip.mkv"), [WOMAN] * 50)
    assert run("album") == 0
    film, photo = rows(capsys.readouterr().out)
    assert (film["path"], film["face"], film["gender"]) == ("album/clip.mkv", "1", "female")
    assert float(film["age"]) == pytest.approx(33, abs=3)
    assert [film["from_s"], film["to_s"]] == ["0.00", "1.80"]
    assert [photo["from_s"], photo["to_s"], photo["frame_s"]] == ["", "", ""]


def test_a_video_that_cannot_be_read_is_a_row_with_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("clip.mp4").write_text("no video")
    assert run("clip.mp4") == 1
    (row,) = rows(capsys.readouterr().out)
    assert row["error"] == "clip.mp4 is not a video that Visage can play."


def test_progress_names_the_video_that_is_being_read() -> None:
    place = VideoPlace(Path("/films/clip.mp4"), 125, 3700)
    progress = JobProgress(total=9, done=3, videos=2, in_hand=[place])
    assert progress_text(progress) == "3 of 9 files, clip.mp4 at 2:05 of 1:01:40"


def test_a_folder_below_that_cannot_be_opened_is_said_and_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listdir = os.listdir

    def refuse(place: Path) -> list[str]:
        if place.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listdir(place)

    write_photo(Path("album/woman.png"), WOMAN)
    write_photo(Path("album/locked/a.png"))
    Path("album/notes.txt").touch()
    monkeypatch.setattr(os, "listdir", refuse)
    assert run("album") == 1
    captured = capsys.readouterr()
    locked = Path("album/locked").absolute()
    assert captured.err == f"{locked}: This folder could not be opened (Permission denied).\n"
    assert [row["path"] for row in rows(captured.out)] == ["album/woman.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="links of Unix")
def test_a_photo_that_is_a_dead_link_is_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    Path("album").mkdir()
    Path("album/dead.jpg").symlink_to("gone")
    assert run("album") == 1
    (row,) = rows(capsys.readouterr().out)
    assert (row["path"], row["error"]) == (
        "album/dead.jpg",
        "dead.jpg is a link that leads nowhere.",
    )


def test_a_name_that_is_too_long_is_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    name = f"{'x' * 300}.jpg"
    assert run(name) == 1
    (row,) = rows(capsys.readouterr().out)
    assert row["path"] == name
    assert row["error"].startswith(f"{name} could not be read (")


def test_values_that_make_no_sense_are_a_sentence() -> None:
    with pytest.raises(SettingsError, match="min_face_px"):
        run("a.jpg", min_face_px=1)


def test_a_store_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        run("a.jpg")


def test_nothing_but_the_csv_is_said_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    write_photo(Path("woman.png"))
    run("woman.png")
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is of Linux")
def test_an_output_that_takes_nothing_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    write_photo(Path("woman.png"))
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(ExportError, match=r"could not be printed \(No space left on device\)"):
            run("woman.png")


def test_progress_is_shown_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    write_photo(Path("woman.png"))
    run("woman.png", "broken.jpg")
    last = capsys.readouterr().err.split("\r")[-1]
    assert last.startswith("2 of 2 photos")
    assert last.endswith("1 could not be read\x1b[K\n")


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (JobProgress(is_scanning=True, total=500), "500 photos found"),
        (JobProgress(total=9, done=2), "2 of 9 photos"),
        (
            JobProgress(total=900, done=118, failed=2, photos_per_s=24, time_left_s=32.5),
            "120 of 900 photos, 24.0 a second, 32 s left, 2 could not be read",
        ),
        (
            JobProgress(total=9, done=1, photos_per_s=1, time_left_s=600),
            "1 of 9 photos, 1.0 a second, 10 min left",
        ),
        (
            JobProgress(total=9, done=1, photos_per_s=1, time_left_s=9000),
            "1 of 9 photos, 1.0 a second, 2.5 h left",
        ),
    ],
)
def test_progress_is_one_line(progress: JobProgress, text: str) -> None:
    assert progress_text(progress) == text


def test_an_empty_folder_is_said_to_be_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(".") == 0
    captured = capsys.readouterr()
    assert captured.out == HEADER + "\n"
    assert captured.err == "No photos or videos were found.\n"
