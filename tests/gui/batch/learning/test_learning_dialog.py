"""The learning dialog, with core's part put in: it says before, running, better, not better."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from core.adapting.folder_distance import FolderDistance
from core.adapting.folder_fit import FolderFit
from core.adapting.folder_range import FolderRange
from core.adapting.learning import Learnt
from core.adapting.learnt_name import check_name
from core.adapting.validation import Verdict
from core.batch.record import Job
from core.batch.store import BatchStore
from core.errors import LearningError
from gui.batch.learning.learning_dialog import LearningDialog
from gui.core_parts import CoreParts
from gui.language.translation import speak
from gui.theme import Theme

BETTER = Verdict(300, 8.7, 5.1, -7.9, -1.2, 0.0005, 4.27, 4.31, 0.0005)
MakeDialog = Callable[[CoreParts], LearningDialog]


def parts_that_find(verdict: Verdict) -> CoreParts:
    def learn(
        _path: Path,
        _job_id: int,
        name: str,
        tell: Callable[[int, int], None],
        _is_stopped: Callable[[], bool],
    ) -> Learnt:
        tell(300, 300)
        return Learnt(verdict, Path(name), missing_count=2)

    return replace(CoreParts(), learn=learn)


@pytest.fixture
def make_dialog(
    store: BatchStore, family_job: Job, theme: Theme, qtbot: QtBot
) -> Iterator[MakeDialog]:
    dialogs: list[LearningDialog] = []

    def make(parts: CoreParts) -> LearningDialog:
        dialog = LearningDialog(parts, store.database.path, family_job, None)
        dialogs.append(dialog)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    yield make
    for dialog in dialogs:
        dialog.join()


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (BETTER, "installed as “aunt”"),
        (replace(BETTER, chance=0.4), "no better beyond chance"),
        (replace(BETTER, known_after_years=4.8), "worse on other faces"),
        (replace(BETTER, disorder=0.5), "do not follow the faces"),
    ],
)
def test_what_came_of_it_is_said_with_its_figures(
    make_dialog: MakeDialog, qtbot: QtBot, verdict: Verdict, said: str
) -> None:
    dialog = make_dialog(parts_that_find(verdict))
    dialog.name.setText(" aunt ")
    dialog.learn_button.click()
    qtbot.waitUntil(lambda: not dialog.run.is_active)
    words = dialog.words.text()
    assert said in words
    assert "8.7 before, 5.1 after" in words
    assert "cannot be read any more: 2" in words
    assert dialog.learn_button.isEnabled()
    assert not dialog.bar.isVisible()


def test_while_it_runs_it_says_how_far_and_stops_when_asked(
    make_dialog: MakeDialog, qtbot: QtBot
) -> None:
    asked = Event()

    def learn(
        _path: Path,
        _job_id: int,
        _name: str,
        tell: Callable[[int, int], None],
        is_stopped: Callable[[], bool],
    ) -> Learnt | None:
        tell(120, 300)
        while not is_stopped():
            asked.wait(0.01)
        return None

    dialog = make_dialog(replace(CoreParts(), learn=learn))
    dialog.learn_button.click()
    qtbot.waitUntil(lambda: dialog.words.text() == "120 of 300 faces")
    assert dialog.bar.isVisible()
    assert not dialog.learn_button.isEnabled()
    assert dialog.close_button.text() == "&Stop"
    dialog.close_button.click()
    qtbot.waitUntil(lambda: not dialog.run.is_active)
    assert dialog.isVisible()
    assert "goes on from there" in dialog.words.text()
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_the_name_that_is_proposed_is_a_word_of_the_language(make_dialog: MakeDialog) -> None:
    speak("fr")
    name = make_dialog(CoreParts()).name.text()
    assert name == "perso"
    check_name(name)


def test_a_folder_is_measured_only_when_it_is_asked_for(
    make_dialog: MakeDialog, qtbot: QtBot
) -> None:
    calls: list[int] = []

    def measure(_path: Path, job_id: int, *_: object) -> FolderFit:
        calls.append(job_id)
        return FolderFit(FolderDistance(3.46, 200), FolderRange(1.8, 40, 0.55))

    dialog = make_dialog(replace(CoreParts(), measure_folder=measure))
    assert calls == []
    dialog.measure_button.click()
    qtbot.waitUntil(lambda: not dialog.run.is_active)
    assert len(calls) == 1
    words = dialog.words.text()
    assert "are far from those" in words
    assert "3.5 standard deviations" in words
    assert "55 % of 40 corrected faces" in words
    assert "1.8 times" in words


def test_trouble_is_a_sentence(make_dialog: MakeDialog, qtbot: QtBot) -> None:
    def learn(*_: object) -> Learnt:
        raise LearningError("Learning needs 50 faces with a corrected age; there are 3.")

    dialog = make_dialog(replace(CoreParts(), learn=learn))
    dialog.learn_button.click()
    qtbot.waitUntil(lambda: not dialog.run.is_active)
    assert "there are 3" in dialog.words.text()


def test_measuring_that_is_stopped_does_not_say_that_anything_is_kept(
    make_dialog: MakeDialog, qtbot: QtBot
) -> None:
    dialog = make_dialog(replace(CoreParts(), measure_folder=lambda *_: None))
    dialog.measure_button.click()
    qtbot.waitUntil(lambda: not dialog.run.is_active)
    assert dialog.words.text() == "Stopped."


@pytest.mark.parametrize("name", ["  ", "x" * 61, "a/b", "visage"])
def test_a_name_that_no_model_may_have_is_told_while_it_is_typed(
    make_dialog: MakeDialog, name: str
) -> None:
    dialog = make_dialog(CoreParts())
    assert dialog.words.text() == ""
    dialog.name.setText(name)
    assert not dialog.learn_button.isEnabled()
    assert "name" in dialog.words.text()
    dialog.name.setText("aunt")
    assert dialog.learn_button.isEnabled()
    assert dialog.words.text() == ""
