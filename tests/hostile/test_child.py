"""The child that hostile work is done in is stopped at its limits, and tells how it ended."""

import os
import signal
import sys
import time

from tests.hostile.child import run_command, run_function


def say(*words: str) -> None:
    print(" ".join(words))


def fail() -> None:
    raise ValueError("no good")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    time.sleep(600)


def hoard() -> None:
    held = bytearray(os.urandom(1)) * 400_000_000
    time.sleep(len(held))


def test_a_function_that_ends_well_is_heard() -> None:
    ending = run_function(say, "all", "is", "well")
    ending.check()
    assert ending.output == "all is well\n"
    assert 5 < ending.peak_mb < 400


def test_an_error_and_a_crash_are_told() -> None:
    failed, crashed = run_function(fail), run_function(crash)
    assert (failed.code, crashed.code) == (1, -signal.SIGSEGV)
    assert "ValueError: no good" in failed.errors


def test_a_child_is_stopped_at_its_limits() -> None:
    assert run_function(hang, time_s=0.5).broken_limit == "time"
    assert run_function(hoard, memory_mb=200).broken_limit == "memory"


def test_a_command_runs_too() -> None:
    ending = run_command([sys.executable, "-c", "print('done')"])
    ending.check()
    assert ending.output == "done\n"
