"""Workers on a Ray cluster; the only file that imports Ray."""

import logging
import os
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Before the import: Ray reports how it is used unless it is told not to (docs/adr/0006).
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
# Below `uv run`, Ray would have uv start every worker, in an environment made anew.
os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
import ray
from ray.exceptions import RayActorError, RayError, RayTaskError

from core.batch.export.unfinished import unfinished_folder
from core.closing import Closing
from core.cluster.part_file import PartFile
from core.cluster.storage import StorageError
from core.cluster.work import Part
from core.cluster.worker import Worker
from core.errors import VisageError
from core.paths import PROGRAM

# Ray tells its processes the whole command line, in UTF-8, which not all names of folders are.
ray._private.utils.get_entrypoint_name = lambda: PROGRAM

LOCAL = "local"
_HOMES = ("HOME", "USERPROFILE")
"""What names the home folder, on Windows the second; Ray's own processes have an empty one."""

_PARTS_PER_WORKER = 2
"""One in work, and one for when it is done."""

_MOST_FAILED_STARTS = 6
"""So many workers, one after the other, did not start: no more are tried."""


class ClusterError(VisageError):
    """The cluster cannot be reached, or gave up."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A part that left the pool.

    Attributes:
        file: what was written; None if it was lost.
        reason: a sentence for a part that was lost.
    """

    part: Part
    file: PartFile | None
    reason: str = ""


class RayPool(Closing):
    """As many workers as the cluster has processors, however many come and go.

    Only workers that have started get parts: one that waits for a processor may wait for ever.
    Whoever asks whether there is room connects it: where nothing is to be done, nothing is started.

    Args:
        address: "local" for a cluster on this computer that ends with the pool, else
            "ray://HOST:PORT" of one that runs.
        worker_count: workers; None for as many as there are processors. A cluster that grows when
            it is asked to grows to so many.
        worker_arguments: of `Worker`.
    """

    def __init__(
        self, address: str, worker_count: int | None, worker_arguments: tuple[str, ...]
    ) -> None:
        self._address = address
        self._worker_count = worker_count
        self._arguments = worker_arguments
        self._starting: dict[Any, Any] = {}
        self._failed_starts: list[str] = []
        self._workers: dict[Any, int] = {}
        self._under_way: dict[Any, tuple[Any, Part]] = {}
        self._cluster = ExitStack()
        self._home = _homes() if address == LOCAL else {}

    @property
    def has_room(self) -> bool:
        """Whether a worker would be idle sooner or later without another part.

        Raises:
            ClusterError: if there is no such cluster.
        """
        if not ray.is_initialized():
            self._cluster.enter_context(_connected(self._address, self._worker_count))
        self._start_workers()
        return len(self._under_way) < _PARTS_PER_WORKER * len(self._workers)

    @property
    def is_idle(self) -> bool:
        return not self._under_way

    def begin(self, part: Part, *, is_careful: bool = False) -> None:
        """Let the worker with the least to do label a part next."""
        worker = min(self._workers, key=lambda one: self._workers[one])
        self._workers[worker] += 1
        self._under_way[worker.label.remote(part, is_careful=is_careful)] = worker, part

    def finished(self, timeout_s: float) -> Iterator[Finished]:
        """What was done since; it waits for the first for so long.

        Raises:
            ClusterError: if the cluster is gone.
            VisageError: what a worker raised.
        """
        waiting = [*self._under_way, *self._starting]
        if not waiting:
            return
        try:
            ready, _ = ray.wait(waiting, num_returns=1, timeout=timeout_s)
            if ready:
                ready, _ = ray.wait(waiting, num_returns=len(waiting), timeout=0)
        except (RayError, ConnectionError) as error:
            raise ClusterError(f"The cluster does not answer any more ({error}).") from error
        for call in ready:
            if call in self._starting:
                self._note_start(call)
                continue
            worker, part = self._under_way.pop(call)
            reason = ""
            try:
                file = ray.get(call)
            except RayActorError:
                self._workers.pop(worker, None)
                self._failed_starts = []
                yield Finished(part, None, "Its worker died.")
                continue
            except RayTaskError as error:
                if not isinstance(error.cause, StorageError):
                    raise _trouble_of(error) from error
                file, reason = None, str(error.cause)
            if worker in self._workers:
                self._workers[worker] -= 1
            yield Finished(part, file, reason)

    def close(self) -> None:
        """Leave the cluster; workers end with it."""
        self._cluster.close()

    def _start_workers(self) -> None:
        if len(self._failed_starts) >= _MOST_FAILED_STARTS:
            if self._workers or self._starting:
                return
            raise ClusterError(
                "No worker starts. Is the same Visage installed on every computer of the cluster? "
                f"{self._failed_starts[-1]}"
            )
        missing = self._wanted - len(self._workers) - len(self._starting)
        if missing <= 0:
            return
        make_worker = ray.remote(num_cpus=1, max_restarts=0)(Worker)
        for _ in range(missing):
            try:
                worker = make_worker.remote(*self._arguments, self._home)
            except ImportError as error:
                raise ClusterError(
                    f"Visage is not installed on the cluster's head ({error})."
                ) from error
            self._starting[worker.start.remote()] = worker

    def _note_start(self, call: Any) -> None:
        worker = self._starting.pop(call)
        try:
            ray.get(call)
        except RayTaskError as error:
            raise _trouble_of(error) from error
        except RayError as error:
            self._failed_starts.append(" ".join(str(error).split()))
        else:
            self._failed_starts = []
            self._workers[worker] = 0

    @property
    def _wanted(self) -> int:
        if self._worker_count is not None:
            return self._worker_count
        return max(1, int(ray.cluster_resources().get("CPU", 0)))


def _trouble_of(error: RayTaskError) -> Exception:
    """What a worker raised: trouble as it is, a bug with the worker's traceback."""
    return error.cause if isinstance(error.cause, VisageError) else error


@contextmanager
def _connected(address: str, worker_count: int | None) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            if address == LOCAL:
                # Beside the sockets that Ray makes there, a longer name is too long for the system.
                place = "/tmp" if sys.platform != "win32" else tempfile.gettempdir()
                folder = stack.enter_context(unfinished_folder(Path(place)))
                _start(folder, worker_count or os.cpu_count() or 1)
            else:
                _connect(address)
        except Exception as error:  # a node that starts too slowly is told by a bare Exception
            *_, reason = str(error).strip().splitlines() or [type(error).__name__]
            raise ClusterError(f"The cluster {address} could not be reached: {reason}") from error
        stack.callback(ray.shutdown)
        yield


def _connect(address: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it warns of, it raises, too
        try:
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
        except ConnectionAbortedError:
            # A head that is busy sometimes fails to start the process that it has for each client.
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR)


def _homes() -> dict[str, str]:
    return {name: os.environ[name] for name in _HOMES if name in os.environ}


def _start(folder: str, processor_count: int) -> None:
    home, at_sigterm = _homes(), signal.getsignal(signal.SIGTERM)
    # Ray asks the clouds' own addresses which of them it runs on, but where this file is; and it
    # keeps a password in the home folder.
    Path(folder, "ray_bootstrap_config.yaml").touch()
    os.environ.update(dict.fromkeys(_HOMES, folder))
    try:
        ray.init(
            address=LOCAL,
            num_cpus=processor_count,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            _node_ip_address="127.0.0.1",
            _temp_dir=folder,
        )
    except SystemExit as ended:  # how Ray answers SIGTERM while it starts
        raise KeyboardInterrupt from ended
    finally:
        for name in _HOMES:
            os.environ.pop(name)
        os.environ.update(home)
        signal.signal(signal.SIGTERM, at_sigterm)  # Ray's own answer ends the program on the spot
