"""Runs hostile work in a child process, within a limit of memory and of time.

What goes wrong in native code ends a process: so nothing hostile is touched by the process that
runs the tests. A function for a child lies at module level and takes what JSON can hold:

    ending = run_function(read_pictures, str(folder), 250, time_s=60)
    ending.check()
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from core import paths

MEMORY_LIMIT_MB = 1200
_LOOK_INTERVAL_S = 0.02
_CALL = """
import json, sys
from importlib import import_module
function = getattr(import_module(sys.argv[1]), sys.argv[2])
function(*json.loads(sys.argv[3]))
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended.

    Attributes:
        code: its exit code; the negative number of the signal that killed it.
        output: what it printed.
        errors: what it wrote to standard error.
        peak_mb: the most memory that it held (resident), to within its last 20 ms.
        wall_s: how long it ran.
        broken_limit: "memory" or "time" if it was killed for that.
    """

    code: int
    output: str
    errors: str
    peak_mb: float
    wall_s: float
    broken_limit: str | None = None

    def check(self) -> None:
        """Assert that it ended by itself, within its limits and without an error."""
        told = f"{self}\n{self.errors[-4000:]}"
        assert self.broken_limit is None, f"beyond its limit of {self.broken_limit}: {told}"
        assert self.code == 0, told


def run_function(
    function: Callable[..., None],
    *arguments: Any,
    memory_mb: float = MEMORY_LIMIT_MB,
    time_s: float = 60,
    environment: Mapping[str, str] | None = None,
) -> Ending:
    """Call a function of a module in a Python of its own, warnings as errors."""
    call = [function.__module__, function.__name__, json.dumps(arguments)]
    command = [sys.executable, "-W", "error", "-c", _CALL, *call]
    return run_command(command, memory_mb=memory_mb, time_s=time_s, environment=environment)


def run_command(
    command: Sequence[str],
    *,
    memory_mb: float = MEMORY_LIMIT_MB,
    time_s: float = 60,
    environment: Mapping[str, str] | None = None,
) -> Ending:
    """Run a command in the project's folder until it ends or breaks a limit.

    Args:
        memory_mb: it is killed as soon as it holds more.
        time_s: it is killed when it has run for longer.
        environment: its variables; None for those of this process.
    """
    with TemporaryFile() as output, TemporaryFile() as errors:
        child = subprocess.Popen(
            command, cwd=paths.install_dir(), env=environment, stdout=output, stderr=errors
        )
        begun_s = time.perf_counter()
        peak_mb, broken_limit = 0.0, None
        try:
            while child.poll() is None and broken_limit is None:
                peak_mb = max(peak_mb, _peak_mb(child.pid))
                wall_s = time.perf_counter() - begun_s
                broken_limit = (
                    "memory" if peak_mb > memory_mb else "time" if wall_s > time_s else None
                )
                time.sleep(_LOOK_INTERVAL_S)
        finally:
            child.kill()
            code = child.wait()
        wall_s = time.perf_counter() - begun_s
        told, complained = _content(output), _content(errors)
    return Ending(code, told, complained, peak_mb, wall_s, broken_limit)


def outcomes(ending: Ending) -> "Counter[str]":
    """How often each outcome came, of a child that ended well.

    It prints a line for each input: its name, at once, then the outcome and the seconds.
    """
    *_, last = ending.output.splitlines() or [""]
    assert ending.broken_limit is None, f"beyond its limit of {ending.broken_limit}: {last}"
    assert ending.code == 0, f"ended with {ending.code}: {last}\n{ending.errors[-4000:]}"
    return Counter(line.split()[-2] for line in ending.output.splitlines())


def _peak_mb(pid: int) -> float:
    """0 where the system does not say, and once the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    peaks_kb = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return sum(peaks_kb) / 1024


def _content(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode("utf-8", "replace")
