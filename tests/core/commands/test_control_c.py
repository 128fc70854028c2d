import signal
import subprocess
import sys

import pytest

from core.batch.job_control import JobControl
from core.commands.control_c import control_c_cancels

pytestmark = pytest.mark.usefixtures("own_control_c")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_control_c_or_the_system_cancels_the_job_and_interrupts_nothing(
    ending: signal.Signals,
) -> None:
    control = JobControl()
    with control_c_cancels(control):
        signal.raise_signal(ending)
        assert control.is_cancelled


def test_a_second_control_c_ends_the_program_at_once_even_after_the_job() -> None:
    with control_c_cancels(JobControl()):
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL


def test_control_c_interrupts_again_after_a_job_that_was_not_cancelled() -> None:
    at_sigterm = signal.getsignal(signal.SIGTERM)
    with control_c_cancels(JobControl()):
        pass
    assert signal.getsignal(signal.SIGTERM) is at_sigterm
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_control_c_in_an_import_ends_with_a_sentence_and_no_broken_install() -> None:
    code = """
import signal
from core.commands.control_c import control_c_ends_at_once
with control_c_ends_at_once():
    try:
        signal.raise_signal(signal.SIGINT)
    except BaseException as interrupt:
        raise ImportError("NumPy is broken") from interrupt
"""
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (130, "Stopped.\n")


def test_control_c_stays_ignored_where_it_was() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = JobControl()
    with control_c_cancels(control):
        signal.raise_signal(signal.SIGINT)
    assert not control.is_cancelled
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
