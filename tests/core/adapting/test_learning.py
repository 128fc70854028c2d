import errno
import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from PIL import Image as Pillow

from core import paths
from core.adapting.corrected_faces import JobChoice
from core.adapting.learning import LEAST_FACES, learn
from core.adapting.rehearsal import REHEARSAL_FILE, read_rehearsal
from core.adapting.validation import Outcome
from core.batch.database import Database
from core.batch.picture import load_picture
from core.batch.record import PhotoFacts
from core.errors import LearningError, ModelError
from core.estimation.model_folder import find_model, find_models
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from core.sources.photo import Photo
from tests.core.adapting.builders import make_teachable
from tests.core.adapting.jobs import BIAS_YEARS, COUNT, fill, fill_with_films, mottled
from tests.model_folders import coloured_chips, make_model_folder


@pytest.fixture
def home(models_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    make_teachable(models_root)
    return tmp_path


def never() -> bool:
    return False


def ignore(_done: int, _count: int) -> None:
    pass


def traces() -> list[str]:
    """What lies where answers are kept and models are installed."""
    return [path.name for path in paths.data_dir().glob("*")]


@pytest.fixture
def biased(home: Path) -> JobChoice:
    return fill(Database(home / "jobs.sqlite"), home / "photos", lambda age: age + BIAS_YEARS)


def test_what_is_better_is_installed_with_a_card_that_says_what_it_is(biased: JobChoice) -> None:
    learnt = learn([biased], "mine", ignore, never)
    assert learnt is not None
    assert learnt.verdict.outcome is Outcome.BETTER
    assert learnt.folder == paths.user_models_dir() / "mine"
    assert sorted(each.name for each in learnt.folder.iterdir()) == ["card.json", "model.onnx"]
    model = find_model("mine")
    assert "80 faces corrected by hand" in model.card.training_data
    assert model.card.figures["n"] == COUNT
    assert model.card.figures["age_mae"] == learnt.verdict.after_years
    assert not (paths.data_dir() / "learning.npz").exists()
    chips = coloured_chips((128, 40, 90))
    ages = [
        Predictor(each.card, OnnxEngine(each.verify_file("model.onnx"))).predict(chips)
        for each in (find_model("visage"), model)
    ]
    (before,), (after,) = ages
    assert before.age_years == pytest.approx(50.2, abs=0.5)
    assert after.age_years == pytest.approx(50.2 + BIAS_YEARS, abs=4)


def test_what_is_no_better_leaves_no_trace(home: Path) -> None:
    choice = fill(Database(home / "jobs.sqlite"), home / "photos", lambda age: age)
    learnt = learn([choice], "mine", ignore, never)
    assert learnt is not None
    assert (learnt.verdict.outcome, learnt.folder) == (Outcome.NO_BETTER, None)
    assert [model.card.name for model in find_models()] == ["visage"]
    assert not (paths.data_dir() / "learning.npz").exists()


def test_after_a_stop_it_goes_on_where_it_was(
    biased: JobChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, count: int) -> None:
        told.append((done, count))

    assert learn([biased], "mine", tell, lambda: len(told) == 30) is None
    assert told[-1] == (30, COUNT)
    assert find_models()[0].card.name == "visage"
    read: list[PhotoFacts] = []

    def load(facts: PhotoFacts) -> Photo:
        read.append(facts)
        return load_picture(facts)

    monkeypatch.setattr("core.adapting.corrected_faces.load_picture", load)
    learnt = learn([biased], "mine", tell, never)
    assert learnt is not None
    assert learnt.folder is not None
    assert len(read) == COUNT - 30


def test_after_a_stop_another_face_of_the_same_number_is_read_anew(
    biased: JobChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite gives the number of the last face, if it was removed, to the next."""
    told: list[int] = []

    def tell(done: int, _count: int) -> None:
        told.append(done)

    assert learn([biased], "mine", tell, lambda: COUNT in told) is None
    with biased.database.transaction() as connection:
        connection.execute("UPDATE face SET left = left + 5 WHERE id = (SELECT max(id) FROM face)")
    read: list[PhotoFacts] = []

    def load(facts: PhotoFacts) -> Photo:
        read.append(facts)
        return load_picture(facts)

    monkeypatch.setattr("core.adapting.corrected_faces.load_picture", load)
    assert learn([biased], "mine", ignore, never) is not None
    assert len(read) == 1


def test_who_stops_at_the_last_photo_gets_no_model(biased: JobChoice) -> None:
    told: list[int] = []

    def tell(done: int, _count: int) -> None:
        told.append(done)

    assert learn([biased], "mine", tell, lambda: COUNT in told) is None
    assert [model.card.name for model in find_models()] == ["visage"]
    assert (paths.data_dir() / "learning.npz").exists()


def test_another_time_of_learning_takes_the_place_of_the_first(biased: JobChoice) -> None:
    for _ in range(2):
        learnt = learn([biased], "mine", ignore, never)
        assert learnt is not None
    assert [model.card.name for model in find_models()] == ["visage", "mine"]
    assert len(list(paths.user_models_dir().iterdir())) == 1


@pytest.mark.parametrize(
    "name", ["", " a", "../up", "a/b", ".hidden", "x" * 61, "visage", "VISAGE", "con"]
)
def test_a_name_that_none_may_have_is_refused_before_any_work(biased: JobChoice, name: str) -> None:
    with pytest.raises(LearningError):
        learn([biased], name, lambda *_: pytest.fail("it began"), never)


def test_a_model_that_was_not_learnt_is_never_replaced(biased: JobChoice) -> None:
    make_model_folder(paths.user_models_dir(), "bought")
    with pytest.raises(LearningError, match="another model called bought"):
        learn([biased], "bought", ignore, never)


def test_photos_that_are_gone_are_counted(biased: JobChoice, home: Path) -> None:
    for number in range(5):
        (home / "photos" / f"{number}.png").unlink()
    learnt = learn([biased], "mine", ignore, never)
    assert learnt is not None
    assert learnt.missing_count == 5
    assert learnt.verdict.face_count == COUNT - 5


def test_where_no_photo_is_left_it_says_so(biased: JobChoice, home: Path) -> None:
    shutil.rmtree(home / "photos")
    with pytest.raises(LearningError, match="cannot be read any more"):
        learn([biased], "mine", ignore, never)
    assert [model.card.name for model in find_models()] == ["visage"]


def test_where_no_model_can_be_written_what_was_read_is_kept(
    biased: JobChoice, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "no folder").touch()
    with monkeypatch.context() as patch:
        patch.setattr(paths, "user_models_dir", lambda: home / "no folder" / "models")
        with pytest.raises(LearningError, match=r"cannot be written to .*no folder"):
            learn([biased], "mine", ignore, never)
    monkeypatch.setattr(
        "core.adapting.corrected_faces.load_picture", lambda _: pytest.fail("read again")
    )
    learnt = learn([biased], "mine", ignore, never)
    assert learnt is not None
    assert learnt.folder is not None


def test_where_too_few_photos_are_left_it_says_how_many_are_gone(
    biased: JobChoice, home: Path
) -> None:
    for number in range(COUNT - LEAST_FACES + 1):
        (home / "photos" / f"{number}.png").unlink()
    with pytest.raises(LearningError, match=r"there are 49\. Faces whose photos cannot .*: 31"):
        learn([biased], "mine", ignore, never)
    assert traces() == []


def test_a_full_disk_is_a_sentence_and_leaves_no_half_a_file(
    biased: JobChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_the_disk(stream: BinaryIO, **_: object) -> None:
        stream.write(b"PK")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", fill_the_disk)
    with pytest.raises(LearningError, match=r"cannot be kept in .*No space left"):
        learn([biased], "mine", ignore, never)
    assert traces() == []


def test_one_photo_saved_anew_again_and_again_is_no_collection(home: Path) -> None:
    """Of one face nothing is learnt that is true of others, however often it is there."""
    (home / "photos").mkdir()
    for number in range(COUNT):
        file = io.BytesIO()
        mottled(0, (120, 90, 80)).save(file, "JPEG", quality=20 + number)
        Pillow.open(file).save(home / "photos" / f"{number}.png")
    choice = fill(Database(home / "jobs.sqlite"), home / "photos", lambda _: 60.0)
    with pytest.raises(LearningError, match=r"10 different pictures; there are 1\."):
        learn([choice], "mine", ignore, never)
    assert traces() == []


def test_a_face_counts_once_in_however_many_jobs_and_copies_it_is(home: Path) -> None:
    database = Database(home / "jobs.sqlite")
    jobs = [fill(database, home / "photos", lambda age: age + BIAS_YEARS, 60) for _ in range(2)]
    shutil.copytree(home / "photos", home / "copies")
    jobs.append(fill(database, home / "copies", lambda age: age + BIAS_YEARS, 60))
    learnt = learn(jobs, "mine", ignore, never)
    assert learnt is not None
    assert (learnt.verdict.face_count, learnt.missing_count) == (60, 0)


def test_people_of_videos_teach_and_those_of_one_file_are_one_picture(home: Path) -> None:
    database = Database(home / "jobs.sqlite")
    teach = fill_with_films(
        database, home / "films", film_count=12, frame_count=5, years=BIAS_YEARS
    )
    learnt = learn([teach], "mine", ignore, never)
    assert learnt is not None
    assert (learnt.verdict.face_count, learnt.missing_count) == (60, 0)
    assert learnt.verdict.outcome is Outcome.BETTER
    (home / "films" / "3.avi").unlink()
    few = learn([teach], "mine", ignore, never)
    assert few is not None
    assert (few.verdict.face_count, few.missing_count) == (55, 5)
    other = fill_with_films(database, home / "other", film_count=6, frame_count=10, years=0.0)
    with pytest.raises(LearningError, match=r"10 different pictures; there are 6\."):
        learn([other], "mine", ignore, never)


def test_too_few_faces_are_too_few_in_two_jobs_as_well(home: Path) -> None:
    database = Database(home / "jobs.sqlite")
    jobs = [fill(database, home / "photos", float, 30) for _ in range(2)]
    with pytest.raises(LearningError, match="there are 30"):
        learn(jobs, "mine", ignore, never)
    assert traces() == []


def test_too_few_corrections_are_refused(home: Path) -> None:
    choice = fill(Database(home / "jobs.sqlite"), home / "photos", float, LEAST_FACES - 1)
    with pytest.raises(LearningError, match="there are 49"):
        learn([choice], "mine", ignore, never)


def test_without_a_rehearsal_no_model_learns(models_root: Path, biased: JobChoice) -> None:
    (models_root / "visage" / REHEARSAL_FILE).unlink()
    with pytest.raises(LearningError, match="needs to learn"):
        learn([biased], "mine", ignore, never)


def test_a_rehearsal_of_another_model_or_of_nonsense_is_refused(models_root: Path) -> None:
    model = make_teachable(models_root)
    other = replace(model, card=replace(model.card, sha256={"model.onnx": "0" * 64}))
    with pytest.raises(ModelError, match="another model"):
        read_rehearsal(other)
    (model.path / REHEARSAL_FILE).write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(ModelError, match="cannot be understood"):
        read_rehearsal(model)
    np.savez(model.path / REHEARSAL_FILE, styles=np.zeros((3, 4)))
    with pytest.raises(ModelError, match="cannot be understood"):
        read_rehearsal(model)


def test_the_bundled_model_can_learn_and_rehearses_all_that_it_learnt_from() -> None:
    card = find_model("visage").card
    rehearsal = read_rehearsal(find_model("visage"))
    counts = [int(parts["validation"]) for parts in card.collections.values()]
    assert len(rehearsal.faces) == sum(counts)
    assert all(name in rehearsal.source for name in card.collections)
    assert (rehearsal.model_sha256, rehearsal.bin_count) == (card.sha256["model.onnx"], 101)
