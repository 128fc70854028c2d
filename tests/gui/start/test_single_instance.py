import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QStandardPaths, QTimer
from pytestqt.qtbot import QtBot

from gui.start import single_instance
from gui.start.open_request import OpenRequest
from gui.start.single_instance import SingleInstance

PATIENCE_MS = 20_000
LONGEST_PAUSE_S = 0.3  # a tenth of a second is meant; the rest is for a machine that is busy
ROOT = Path(__file__).parents[3]
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
import time
from pathlib import Path
from gui.start.open_request import OpenRequest
from gui.start.single_instance import SingleInstance
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
from gui.start.single_instance import SingleInstance
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


class Clock(QObject):
    """The longest time that the event loop was held up."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = 0.0
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        now_s = time.perf_counter()
        self.longest_s = max(self.longest_s, now_s - self._last_s)
        self._last_s = now_s


HOSTILE_CLIENT = """
import os, socket, sys
os.setuid(int(sys.argv[2]))  # after the imports: Python itself may lie in a closed home
end = socket.socket(socket.AF_UNIX)
end.settimeout(20)
end.connect(sys.argv[1])
try:
    {deed}
    print(end.recv(100))
except OSError as error:
    print(type(error).__name__)
"""
LINES = {
    "empty": rb"\n",
    "no JSON": rb"\xff\xfe\x00\n",
    "other JSON": rb"[1, 2]\n",
    "unknown field": rb"{\"paths\": [], \"run\": \"x\"}\n",
    "no paths": rb"{\"source\": \"sample\"}\n",
    "paths of numbers": rb"{\"paths\": [1, 2]}\n",
    "relative path": rb"{\"paths\": [\"a.jpg\"]}\n",
    "nothing inside": rb"{\"paths\": [\"/a\\u0000b\"]}\n",
    "half a letter": rb"{\"paths\": [\"/a\\ud800b\"]}\n",
    "hostile token": rb"{\"paths\": [], \"raise_token\": \"a\\u0000b\"}\n",
}
DEEDS = {
    **{name: f'end.sendall(b"{line.decode("latin1")}")' for name, line in LINES.items()},
    "deep": 'end.sendall(b"[" * 200_000 + b"\\n")',
    "deep object": """end.sendall(b'{"a":' * 100_000 + b"\\n")""",
    "a number too long": 'end.sendall(b"9" * 10_000 + b"\\n")',
    "100 MB": "end.sendall(bytes(100_000_000))",
    "100 MB of lines": 'end.sendall(b"{}\\n" * 33_000_000)',
    "190,000 paths": """end.sendall(b'{"paths": [' + b'"/",' * 190_000 + b'"/"]}\\n')""",
    "silent": "",
    "letter by letter": 'import time\n    while True: end.sendall(b"x"); time.sleep(0.001)',
}


@pytest.mark.timing
@pytest.mark.skipif(sys.platform != "linux", reason="sockets of Unix")
@pytest.mark.parametrize("name", DEEDS)
def test_a_hostile_client_holds_nobody_up_and_opens_nothing(
    name: str, make_instance: MakeInstance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_TIMEOUT_MS", 500)
    first = make_instance()
    assert first.is_first()
    first.serve()
    asked: list[OpenRequest] = []
    first.handed_over.connect(asked.append)
    code = HOSTILE_CLIENT.format(deed=DEEDS[name])
    command = [sys.executable, "-c", code, first._name, str(os.getuid())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        clock = Clock()
        qtbot.waitUntil(lambda: client.poll() is not None, timeout=PATIENCE_MS)
        assert client.communicate()[0] in ("b''\n", "ConnectionResetError\n", "BrokenPipeError\n")
    assert clock.longest_s < LONGEST_PAUSE_S
    assert asked == []
    qtbot.waitUntil(lambda: not first.findChildren(single_instance._Visitor))


@pytest.mark.skipif(sys.platform != "linux", reason="sockets of Unix")
def test_beside_many_silent_clients_a_start_is_heard(
    make_instance: MakeInstance, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_TIMEOUT_MS", 2000)
    first = make_instance()
    first.serve()
    silent = [socket.socket(socket.AF_UNIX) for _ in range(20)]
    for client in silent:
        client.connect(first._name)
    with second_start(tmp_path, "/a") as other:
        with qtbot.waitSignal(first.handed_over, timeout=PATIENCE_MS):
            pass
        assert other.communicate()[0] == "True True\n"
    for client in silent:
        client.close()


def test_a_request_of_thousands_of_paths_arrives_whole(
    make_instance: MakeInstance, qtbot: QtBot, tmp_path: Path
) -> None:
    first = make_instance()
    assert first.is_first()
    first.serve()
    paths = [f"/photos/{'x' * 80}/{number}.jpg" for number in range(1200)]
    with second_start(tmp_path, *paths) as other:
        with qtbot.waitSignal(first.handed_over, timeout=PATIENCE_MS) as handed_over:
            pass
        assert other.communicate()[0] == "False True\n"
    assert handed_over.args == [OpenRequest(tuple(paths))]


def test_a_request_that_is_too_long_gets_its_own_window(make_instance: MakeInstance) -> None:
    first, second = make_instance(), make_instance()
    first.serve()
    assert not second.hand_over(OpenRequest(("/" + "x" * 1_000_000,)))
    assert not second.hand_over(OpenRequest(("/",) * 20_001))


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root becomes another")
def test_another_user_is_not_heard(make_instance: MakeInstance, qtbot: QtBot) -> None:
    first = make_instance()
    first.serve()
    place = Path(first._name)
    assert place.stat().st_mode & 0o077 == 0
    for folder in (place, *place.parents[:3]):
        folder.chmod(0o777)  # as if the modes did not keep it out
    asked: list[OpenRequest] = []
    first.handed_over.connect(asked.append)
    deed = 'end.sendall(b"{\\"paths\\": []}\\n")'
    code = HOSTILE_CLIENT.format(deed=deed)
    command = [sys.executable, "-c", code, first._name, "65534"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd="/") as client:
        qtbot.waitUntil(lambda: client.poll() is not None, timeout=PATIENCE_MS)
        assert client.communicate()[0] in ("b''\n", "ConnectionResetError\n", "BrokenPipeError\n")
    assert asked == []


def test_without_a_folder_for_what_runs_the_users_data_folder_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: "")
    monkeypatch.setattr("core.paths.data_dir", lambda: tmp_path)
    first = SingleInstance()
    assert first.is_first()
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]
    first.close()
