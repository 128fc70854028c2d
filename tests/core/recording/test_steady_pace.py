from core.recording.steady_pace import SteadyPace


def test_a_fast_camera_is_thinned_and_a_slow_one_filled() -> None:
    fast, slow = SteadyPace(15.0), SteadyPace(15.0)
    assert sum(fast.times(number / 60) for number in range(600)) in (150, 151)
    assert sum(slow.times(number / 4) for number in range(41)) == 151


def test_a_pause_is_left_out() -> None:
    pace = SteadyPace(10.0)
    before = sum(pace.times(number / 10) for number in range(10))
    after = [pace.times(60 + number / 10) for number in range(10)]
    assert before == 10
    assert after == [1] * 10
