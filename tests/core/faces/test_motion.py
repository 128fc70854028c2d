import math

import numpy as np
import pytest

from core.faces.motion import Motion
from core.types import Box

SIDE = 50.0


def box_at(x: float, y: float = 200.0, side: float = SIDE) -> Box:
    return Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)


def walk(sizes_per_s: float, seconds: float = 1.0) -> tuple[Motion, float, float]:
    """A walker to the right, seen 25 times a second: the motion, the last time and place."""
    motion = Motion(box_at(0.0), 0.0)
    count = round(25 * seconds)
    for step in range(1, count + 1):
        motion.see(box_at(sizes_per_s * SIDE * step / 25), step / 25)
    return motion, count / 25, sizes_per_s * SIDE * count / 25


@pytest.mark.parametrize("sizes_per_s", [0.0, 1.0, 6.0, -6.0])
def test_a_walker_is_expected_to_go_on(sizes_per_s: float) -> None:
    motion, time_s, _ = walk(sizes_per_s)
    dx, dy = motion.moved_px(time_s + 0.5)
    assert dx == pytest.approx(0.5 * sizes_per_s * SIDE, abs=0.05 * SIDE)
    assert dy == pytest.approx(0, abs=0.01)


def test_jitter_is_not_taken_for_motion() -> None:
    """Of a face that stands still, seen 0.05 sizes off, the speed is low-passed."""
    rng = np.random.default_rng(2)
    motion = Motion(box_at(100.0), 0.0)
    speeds = []
    for step in range(1, 150):
        motion.see(box_at(100 + rng.normal(0, 0.05 * SIDE)), step / 25)
        speeds.append(motion.moved_px(step / 25 + 1)[0] / SIDE)
    raw_speed = 25 * 0.05 * math.sqrt(2)
    assert np.std(speeds[25:]) < 0.2 * raw_speed


def test_a_face_that_turns_round_is_followed() -> None:
    motion, time_s, x = walk(3.0)
    for step in range(1, 26):
        motion.see(box_at(x - 3.0 * SIDE * step / 25), time_s + step / 25)
    assert motion.moved_px(time_s + 2.0)[0] == pytest.approx(-3.0 * SIDE, rel=0.1)


def test_a_face_is_likelier_where_it_is_expected() -> None:
    motion, time_s, x = walk(4.0)
    next_s, expected_x = time_s + 0.12, x + 0.12 * 4.0 * SIDE
    distances = [motion.distance(box_at(expected_x + off * SIDE), next_s) for off in (0, 0.3, 1)]
    assert distances[0] < 0.1
    assert distances[0] < distances[1] < distances[2]
    assert distances[2] > 9


def test_a_box_of_another_size_is_another_face() -> None:
    motion, time_s, x = walk(0.0)
    for ratio in (2.0, 0.5):
        assert motion.distance(box_at(x, side=ratio * SIDE), time_s + 0.04) > 16
    assert motion.distance(box_at(x, side=1.1 * SIDE), time_s + 0.04) < 1


def test_the_longer_a_face_is_hidden_the_farther_off_it_may_be() -> None:
    motion, time_s, x = walk(0.0)
    off = box_at(x + 2 * SIDE)
    distances = [motion.distance(off, time_s + hidden_s) for hidden_s in (0.1, 1.0, 2.0)]
    assert distances[0] > 100
    assert 2 < distances[1] < 9
    assert distances[2] < 1
    spreads = [motion.spread(time_s + hidden_s) for hidden_s in (0.1, 1.0, 2.0)]
    assert spreads == sorted(spreads)


@pytest.mark.parametrize(("unseen_s", "is_same"), [(0.04, False), (0.2, False), (0.9, True)])
def test_who_comes_out_half_covered_after_a_while_may_be_the_same(
    unseen_s: float, is_same: bool
) -> None:
    motion, time_s, x = walk(1.0)
    half = box_at(x + unseen_s * SIDE, side=0.6 * SIDE)
    assert (motion.distance(half, time_s + unseen_s) < 9) is is_same


def test_near_and_far_faces_move_alike_in_sizes() -> None:
    near, far = Motion(box_at(0, side=300), 0.0), Motion(box_at(0, side=30), 0.0)
    for step in range(1, 26):
        near.see(box_at(12.0 * step, side=300), step / 25)
        far.see(box_at(1.2 * step, side=30), step / 25)
    assert near.distance(box_at(600, side=300), 2.0) == pytest.approx(
        far.distance(box_at(60, side=30), 2.0)
    )
