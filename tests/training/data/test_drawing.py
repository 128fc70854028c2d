from pathlib import Path

import numpy as np
import pytest

from training.data.chip import Chip
from training.data.drawing import draw_epoch, rarity


def make_chips(ages: list[int]) -> list[Chip]:
    return [Chip(Path(f"{index}.jpg"), age, False, 0) for index, age in enumerate(ages)]


def test_without_power_every_chip_counts_alike_and_comes_once() -> None:
    weights = rarity(make_chips([1, 25, 25, 80]), 0.0)
    assert weights.tolist() == [1, 1, 1, 1]
    drawn = draw_epoch(np.array([3, 5, 8, 9]), weights, np.random.default_rng(0))
    assert sorted(drawn.tolist()) == [3, 5, 8, 9]


def test_rare_ages_count_more_and_no_face_more_than_ten_times_the_average() -> None:
    weights = rarity(make_chips([25] * 400 + [60] * 100 + [110]), 1.0)
    assert weights.mean() == pytest.approx(1)
    assert weights[450] / weights[0] == pytest.approx(4, rel=0.05)
    assert weights[0] < weights[450] < weights[500] <= 10 / 0.5


def test_an_epoch_draws_each_chip_its_share_of_times_rounded_up_or_down() -> None:
    weights = np.array([0.25, 0.25, 0.5, 3.0])
    rng = np.random.default_rng(1)
    draws = [draw_epoch(np.arange(4), weights, rng) for _ in range(400)]
    assert {len(drawn) for drawn in draws} == {4}
    counts = np.array([np.bincount(drawn, minlength=4) for drawn in draws])
    assert counts.mean(axis=0) == pytest.approx(weights, abs=0.1)
    assert set(counts[:, 3]) <= {3}
    assert set(counts[:, 0]) == {0, 1}


def test_ages_that_are_rare_for_a_gender_and_race_field_can_count_more() -> None:
    young_women = [Chip(Path("w.jpg"), 25, True, 2)] * 900 + [
        Chip(Path("o.jpg"), 60, True, 2)
    ] * 100
    men = [Chip(Path("m.jpg"), 25, False, 2)] * 500 + [Chip(Path("n.jpg"), 60, False, 2)] * 500
    plain = rarity([*young_women, *men], 0.0)
    weights = rarity([*young_women, *men], 0.0, 1.0)
    assert (plain == 1).all()
    by_kind = {"25, women": 0, "60, women": 950, "25, men": 1100, "60, men": 1600}
    count = {kind: weights[index] for kind, index in by_kind.items()}
    women_at_60 = 100 * count["60, women"] / (900 * count["25, women"] + 100 * count["60, women"])
    men_at_60 = 500 * count["60, men"] / (500 * count["25, men"] + 500 * count["60, men"])
    assert women_at_60 == pytest.approx(0.3, abs=0.06)
    assert men_at_60 == pytest.approx(0.3, abs=0.06)


def test_a_group_of_few_is_drawn_as_all_are() -> None:
    many = make_chips([25] * 500 + [60] * 500)
    weights = rarity([*many, Chip(Path("x.jpg"), 60, True, None)], 0.0, 1.0)
    assert weights[-1] == pytest.approx(1, abs=0.05)
