from pathlib import Path

import pytest

from core import paths
from core.adapting.folder_range import LEAST_FACES
from core.batch.correction import correct_face
from core.batch.database import Database, default_path
from core.batch.record import Correction
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from core.commands import learn
from core.commands.command_line import parse_arguments, run_command
from core.errors import LearningError
from tests.core.adapting.builders import make_teachable
from tests.core.adapting.jobs import BIAS_YEARS, COUNT, fill


@pytest.fixture(autouse=True)
def window_job(models_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job of the window, called camera, whose faces are all older than the model thinks."""
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    make_teachable(models_root)
    with Database(default_path()) as database:
        fill(database, tmp_path / "photos", lambda age: age + BIAS_YEARS)


@pytest.mark.parametrize("word", ["camera", ".", "../photos/", "../link/photos"])
def test_a_job_is_learnt_from_by_its_title_or_its_folder_however_it_is_written(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "link").symlink_to(".")
    monkeypatch.chdir(tmp_path / "photos")
    assert run_command(parse_arguments(["learn", word, "--name", "aunt"])) == 0
    told = capsys.readouterr().out
    assert f"On your {COUNT} faces" in told
    assert "--model aunt" in told
    assert (paths.user_models_dir() / "aunt" / "card.json").exists()


def test_a_job_that_is_named_twice_is_learnt_from_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert learn.run(["camera", "photos", "./photos", "camera"], "aunt", only_measures=True) == 0
    assert capsys.readouterr().out.count("its pictures are") == 1


def test_what_is_no_better_is_told_with_figures_and_an_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with BatchStore.open(default_path()) as store:
        (job,) = store.jobs()
        for number, photo in enumerate(labelled_photos(store.database, job.id)):
            age = Correction(age_years=float(number * 37 % 90))
            correct_face(store.database, photo.faces[0].id, age)
    assert learn.run(["camera"], "aunt") == 1
    told = capsys.readouterr().out
    assert "nothing was installed" in told
    assert "years off before" in told
    assert not paths.user_models_dir().exists()


def test_a_job_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(LearningError, match="no job called holidays"):
        learn.run(["camera", "holidays"], "mine")


def test_how_well_a_folder_fits_is_told_and_nothing_is_learnt(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert COUNT > LEAST_FACES
    assert run_command(parse_arguments(["learn", "camera", "--measure"])) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("camera: its pictures are ")
    assert f"{COUNT} faces" in first
    assert second.startswith("Its ranges hold the age of ")
    assert not paths.user_models_dir().exists()
