import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import single_instance
from gui.open_request import OpenRequest
from gui.single_instance import SingleInstance

PATIENCE_MS = 20_000
ROOT = Path(__file__).parent.parent.parent
MakeInstance = Callable[[], SingleInstance]


@pytest.fixture
def make_instance(tmp_path: Path) -> Iterator[MakeInstance]:
    """Starts of the same user, in a short folder: a socket's path has a hundred letters."""
    instances: list[SingleInstance] = []

    def make() -> SingleInstance:
        instances.append(SingleInstance(tmp_path))
        return instances[-1]

    yield make
    for instance in instances:
        instance.close()


def second_start(folder: Path, *paths: str) -> "subprocess.Popen[str]":
    """Another process that finds a first one, and hands over its paths."""
    code = f"""
import sys
from pathlib import Path
from gui.open_request import OpenRequest
from gui.single_instance import SingleInstance
instance = SingleInstance(Path({str(folder)!r}))
print(instance.is_first(), instance.hand_over(OpenRequest.make({paths!r}, None)))
"""
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_a_second_start_hands_over_its_paths(
    make_instance: MakeInstance, qtbot: QtBot, tmp_path: Path
) -> None:
    first = make_instance()
    assert first.is_first()
    first.serve()
    with second_start(tmp_path, "/photos/Ma démo ü") as other:
        with qtbot.waitSignal(first.handed_over, timeout=PATIENCE_MS) as handed_over:
            pass
        assert other.communicate()[0] == "False True\n"
    assert handed_over.args == [OpenRequest(("/photos/Ma démo ü",))]


def test_a_start_that_gets_no_answer_opens_its_own_window(
    make_instance: MakeInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_TIMEOUT_MS", 100)
    first, second = make_instance(), make_instance()
    assert first.is_first()
    assert not second.is_first()
    assert not second.hand_over(OpenRequest())


def test_after_the_first_is_closed_another_is_the_first(make_instance: MakeInstance) -> None:
    first, second = make_instance(), make_instance()
    assert first.is_first()
    first.close()
    assert second.is_first()


def test_what_a_crash_left_behind_keeps_nobody_out(tmp_path: Path, qtbot: QtBot) -> None:
    code = f"""
import os
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path({str(tmp_path)!r}))
assert instance.is_first()
instance.serve()
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert len(list(tmp_path.iterdir())) == 2, "the lock and the socket are left"
    instance = SingleInstance(tmp_path)
    assert instance.is_first()
    instance.serve()
    with second_start(tmp_path), qtbot.waitSignal(instance.handed_over, timeout=PATIENCE_MS):
        pass
    instance.close()


def test_without_a_place_for_the_lock_visage_starts(tmp_path: Path) -> None:
    assert SingleInstance(tmp_path / "missing").is_first()
