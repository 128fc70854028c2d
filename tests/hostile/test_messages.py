"""Whatever a program says to the window's socket: it is a request, or the line is closed."""

from pathlib import Path

import pytest

from tests.hostile.child import run_function
from tests.hostile.messages import send_mutated_messages

LONGEST_PAUSE_S = 0.3
"""A tenth of a second is meant; the rest is for a machine that is busy."""


@pytest.mark.timing
def test_mutated_messages_are_requests_or_refused_without_a_pause(
    tmp_path: Path, thousands: int
) -> None:
    count = 1000 * thousands or 400
    ending = run_function(
        send_mutated_messages, str(tmp_path), 0, count, memory_mb=400, time_s=60 + 60 * thousands
    )
    ending.check()
    taken, refused, pause_s = ending.output.split()
    assert int(taken) + int(refused) == count
    assert int(refused) > count / 2
    assert int(taken) > count / 50
    assert float(pause_s) < LONGEST_PAUSE_S
