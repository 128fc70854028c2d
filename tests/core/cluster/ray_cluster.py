"""A Ray cluster of a head and two workers on this computer, each a process of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from core import paths
from tests.core.cluster.builders import environment

RAY = Path(sys.executable).with_name("ray")
START_S = 600


@dataclass
class RayCluster:
    """Nodes by name, each with the processes that `ray start` began."""

    address: str
    nodes: dict[str, "subprocess.Popen[bytes]"]

    def kill(self, node: str) -> None:
        """End a node and all of its processes at once, as if its computer lost power."""
        process = self.nodes.pop(node)
        for pid in (process.pid, *descendants(process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def worker_pids(self) -> list[int]:
        """The processes that label, by the title that Ray gives them."""
        nodes = (pid for process in self.nodes.values() for pid in descendants(process.pid))
        return [pid for pid in nodes if command_line(pid).startswith("ray::Worker")]


@contextlib.contextmanager
def ray_cluster(home: Path, **variables: str) -> Iterator[RayCluster]:
    """A head without processors, and two workers with one each."""
    gcs_port, client_port = free_port(), free_port()
    with TemporaryDirectory(prefix="ray-", dir="/tmp") as folder:
        environ = environment(
            home,
            PYTHONPATH=os.pathsep.join(
                [str(paths.install_dir()), os.environ.get("PYTHONPATH", "")]
            ),
            RAY_ENABLE_UV_RUN_RUNTIME_ENV="0",
            RAY_USAGE_STATS_ENABLED="0",
            RAY_USAGE_STATS_REPORT_URL="http://127.0.0.1:9/",
            **variables,
        )
        nodes: dict[str, subprocess.Popen[bytes]] = {}

        def start(name: str, *words: str) -> None:
            nodes[name] = subprocess.Popen(
                [RAY, "start", "--block", "--disable-usage-stats", *words],
                env=environ,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

        try:
            start(
                "head",
                *("--head", "--node-ip-address=127.0.0.1", "--num-cpus=0"),
                *(f"--port={gcs_port}", f"--ray-client-server-port={client_port}"),
                *("--include-dashboard=false", f"--temp-dir={folder}"),
            )
            wait_for_port(client_port)
            for count, name in enumerate(("first", "second"), start=2):
                start(name, f"--address=127.0.0.1:{gcs_port}", "--num-cpus=1")
                wait_for_stores(Path(folder), count)
            yield RayCluster(f"ray://127.0.0.1:{client_port}", nodes)
        finally:
            cluster = RayCluster("", nodes)
            for name in list(nodes):
                cluster.kill(name)


def descendants(pid: int) -> list[int]:
    """The processes below one, its own children first."""
    found = []
    with contextlib.suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, children.read_text().split()):
                found += [child, *descendants(child)]
    return found


def command_line(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    return ""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for_stores(folder: Path, count: int) -> None:
    """Nodes that start at once take the same name for their stores, and one of them ends."""
    until_s = time.monotonic() + START_S
    while len(list(folder.glob("session_2*/sockets/plasma_store*"))) < count:
        assert time.monotonic() < until_s, "a node did not start"
        time.sleep(0.2)


def wait_for_port(port: int) -> None:
    until_s = time.monotonic() + START_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < until_s, "the head did not start"
            time.sleep(0.2)
