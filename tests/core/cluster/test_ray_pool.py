"""The pool, on a Ray that is made up: workers start, or wait for a processor, or never start."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from core.cluster.part_file import PartFile
from core.cluster.work import Part
from core.errors import ModelError
from tests.core.cluster.builders import make_work

pytest.importorskip("ray")

from ray._private import utils as ray_utils
from ray.exceptions import RayActorError, RayTaskError

from core.cluster import ray_pool
from core.cluster.ray_pool import ClusterError, RayPool

FILE = PartFile("0" * 24, 1, 2, 0, 0)


def part(name: str = "a.jpg") -> Part:
    return Part("0" * 24, tuple(make_work(name)))


@dataclass(eq=False)
class Method:
    """A method of an actor; what it is called with never matters here."""

    ray: "MadeUpRay"
    actor: "Actor"
    name: str

    def remote(self, *_: object, **__: object) -> object:
        call = object()
        self.ray.calls[call] = self.actor, self.name
        return call


@dataclass(eq=False)
class Actor:
    ray: "MadeUpRay"
    number: int

    def __getattr__(self, name: str) -> Method:
        return Method(self.ray, self, name)


@dataclass
class MadeUpRay:
    """Its first actors have processors, the others wait for one.

    Attributes:
        starts: raised by whoever asks whether a worker has started.
        ends: actors that died.
    """

    processors: int
    promised: int
    starts: Exception | None = None
    ends: set[int] = field(default_factory=set)
    actors: list[Actor] = field(default_factory=list)
    calls: dict[object, tuple[Actor, str]] = field(default_factory=dict)

    def is_initialized(self) -> bool:
        return True

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": float(self.promised)}

    def remote(self, **_: object) -> Any:
        def decorate(_kind: type) -> "MadeUpRay.Factory":
            return MadeUpRay.Factory(self)

        return decorate

    def wait(self, calls: Sequence[object], **_: object) -> tuple[list[object], list[object]]:
        running = [one.number for one in self.actors if one.number not in self.ends]
        able = {*running[: self.processors], *self.ends}
        return [call for call in calls if self.calls[call][0].number in able], []

    def get(self, call: object) -> PartFile | None:
        actor, name = self.calls[call]
        if actor.number in self.ends:
            raise RayActorError
        if name == "start":
            if self.starts is not None:
                raise self.starts
            return None
        return FILE

    @dataclass
    class Factory:
        ray: "MadeUpRay"

        def remote(self, *_: object) -> Actor:
            actor = Actor(self.ray, len(self.ray.actors))
            self.ray.actors.append(actor)
            return actor


def make_pool(monkeypatch: pytest.MonkeyPatch, ray: MadeUpRay) -> RayPool:
    monkeypatch.setattr(ray_pool, "ray", ray)
    return RayPool("ray://head:1", None, ("recipe",))


def settle(pool: RayPool) -> None:
    """Let the workers start that can."""
    assert not pool.has_room
    assert list(pool.finished(0)) == []


def test_a_worker_that_waits_for_a_processor_gets_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = MadeUpRay(processors=1, promised=2)
    pool = make_pool(monkeypatch, ray)
    settle(pool)
    for _ in range(2):
        assert pool.has_room
        pool.begin(part())
    assert not pool.has_room
    assert {actor.number for actor, name in ray.calls.values() if name == "label"} == {0}
    assert [finished.file for finished in pool.finished(0)] == [FILE, FILE]


def test_the_place_of_a_worker_that_died_is_taken_by_one_that_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ray = MadeUpRay(processors=1, promised=1)
    pool = make_pool(monkeypatch, ray)
    settle(pool)
    assert pool.has_room
    pool.begin(part())
    ray.ends = {0}
    assert [finished.file for finished in pool.finished(0)] == [None]
    settle(pool)
    assert pool.has_room
    pool.begin(part())
    assert [finished.file for finished in pool.finished(0)] == [FILE]


def test_workers_that_never_start_end_the_run_with_their_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ray = MadeUpRay(processors=6, promised=1, starts=RayActorError(error_msg="No module core."))
    pool = make_pool(monkeypatch, ray)
    for _ in range(6):
        settle(pool)
    with pytest.raises(ClusterError, match=r"No worker starts.*No module core\."):
        assert pool.has_room
    assert len(ray.actors) == 6


def test_trouble_of_a_worker_that_starts_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = RayTaskError("start", "Traceback", ModelError("There is no model called mine."))
    pool = make_pool(monkeypatch, MadeUpRay(processors=1, promised=1, starts=trouble))
    assert not pool.has_room
    with pytest.raises(ModelError, match="no model called mine"):
        list(pool.finished(0))


@pytest.mark.parametrize("address", ["local", "ray://head:1"])
def test_a_cluster_that_does_not_start_in_time_is_a_sentence(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(*_: object, **__: object) -> None:
        raise Exception("The current node timed out during startup. It waited for 30 s.")

    monkeypatch.setattr("ray.init", start)
    with (
        pytest.raises(ClusterError, match=f"{address} could not be reached: .*timed out"),
        RayPool(address, 1, ()) as pool,
    ):
        assert pool.has_room


def test_ray_on_this_computer_leaves_no_folder_and_no_answer_to_sigterm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folders: list[Path] = []

    def start(*_: object, _temp_dir: str, **__: object) -> None:
        folders.append(Path(_temp_dir))
        signal.signal(signal.SIGTERM, signal.default_int_handler)

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("ray.init", start)
    with RayPool("local", 1, ()) as pool:
        monkeypatch.setattr(pool, "_start_workers", lambda: None)
        assert not pool.has_room
        (folder,) = folders
        assert folder.is_dir()
        assert signal.getsignal(signal.SIGTERM) is before
    assert not folder.exists()


def test_a_folder_on_the_command_line_may_have_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray puts what it says here into messages that are UTF-8."""
    monkeypatch.setattr("psutil.Process.cmdline", lambda _: ["main.py", "label", "bad\udcff"])
    assert ray_utils.get_entrypoint_name().encode()


def test_a_system_that_ends_the_program_while_ray_starts_stops_it_as_control_c_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ray.init", lambda **_: sys.exit(signal.SIGTERM))
    with pytest.raises(KeyboardInterrupt), RayPool("local", 1, ()) as pool:
        assert pool.has_room


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lock for a folder")
def test_what_a_killed_command_left_of_ray_goes_at_the_next_start() -> None:
    code = (
        "import os, pathlib; from core.batch.export import unfinished\n"
        "with unfinished.unfinished_folder(pathlib.Path('/tmp')) as folder:\n"
        "    print(folder, flush=True); os.kill(os.getpid(), 9)"
    )
    killed, after = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        for _ in range(2)
    )
    assert not Path(killed.stdout.strip()).exists()
    shutil.rmtree(after.stdout.strip())
