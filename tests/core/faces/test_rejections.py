import pytest

from core.faces.rejections import FIRST_WAIT_S, MAX_WAIT_S, Rejections
from tests.fakes import make_detection

FACE, OTHER = make_detection(100), make_detection(300)


def wait_s(rejections: Rejections, time_s: float) -> float:
    """How long after `time_s` the candidate is looked at again, to a hundredth."""
    return next(
        step / 100 for step in range(300) if rejections.due([FACE], time_s + (step + 0.5) / 100)
    )


def test_a_refused_candidate_waits_twice_as_long_each_time_up_to_a_second() -> None:
    rejections, time_s, waits = Rejections(), 0.0, []
    for _ in range(5):
        rejections.add(FACE, time_s)
        waits.append(wait_s(rejections, time_s))
        time_s += waits[-1] + 0.01
    assert waits == pytest.approx([0.15, 0.3, 0.6, MAX_WAIT_S, MAX_WAIT_S], abs=0.011)


def test_never_refused_candidates_come_first() -> None:
    rejections = Rejections()
    rejections.add(FACE, 0.0)
    assert rejections.due([FACE, OTHER], 0.1) == [OTHER]
    assert rejections.due([FACE, OTHER], 0.5) == [OTHER, FACE]


def test_a_candidate_that_moved_a_little_is_known() -> None:
    rejections = Rejections()
    rejections.add(FACE, 0.0)
    assert rejections.due([make_detection(110)], 0.1) == []


def test_where_there_was_nothing_for_two_seconds_is_a_new_candidate() -> None:
    rejections = Rejections()
    for time_s in (0.0, 0.5, 1.5):
        rejections.add(FACE, time_s)
    assert rejections.due([OTHER, FACE], 3.6) == [OTHER, FACE]
    rejections.add(FACE, 3.6)
    assert wait_s(rejections, 3.6) == pytest.approx(FIRST_WAIT_S, abs=0.011)
