import pytest

from core.stage_clock import StageClock


def test_adds_up_the_time_of_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    times_s = iter([1.0, 1.5, 2.0, 2.25, 3.0, 3.125])
    monkeypatch.setattr("core.stage_clock.perf_counter", lambda: next(times_s))
    clock = StageClock()
    for stage in ("detect", "align", "detect"):
        with clock.stage(stage):
            pass
    assert clock.timings_ms == {"detect": 625, "align": 250}


def test_a_stage_that_fails_is_timed_too() -> None:
    clock = StageClock()
    with pytest.raises(ZeroDivisionError), clock.stage("detect"):
        raise ZeroDivisionError
    assert set(clock.timings_ms) == {"detect"}
