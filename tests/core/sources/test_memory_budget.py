"""Memory is shared, and nobody waits for ever."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.sources.memory_budget import MemoryBudget


def test_who_asks_for_more_than_is_free_waits_until_it_is_given_back() -> None:
    budget = MemoryBudget(100)
    with ThreadPoolExecutor(1) as executor:
        with budget.hold(60):
            waiting = executor.submit(budget.take, 50)
            time.sleep(0.05)
            assert not waiting.done()
        waiting.result(5)


def test_who_asks_for_much_is_not_overtaken() -> None:
    budget = MemoryBudget(100)
    with ThreadPoolExecutor(2) as executor:
        with budget.hold(10):
            much = executor.submit(budget.take, 100)
            time.sleep(0.05)
            little = executor.submit(budget.take, 10)
            time.sleep(0.05)
            assert not little.done()
        much.result(5)
        assert not little.done()
        budget.take(-100)
        little.result(5)


def test_who_waits_in_vain_lets_the_next_have_what_is_there() -> None:
    budget = MemoryBudget(100, wait_s=0.1)
    with budget.hold(50), ThreadPoolExecutor(2) as executor:
        much = executor.submit(budget.take, 100)
        time.sleep(0.02)
        little = executor.submit(budget.take, 10)
        with pytest.raises(MemoryError):
            much.result(5)
        little.result(5)


def test_who_asks_for_more_than_there_is_gets_all() -> None:
    budget = MemoryBudget(100)
    with budget.hold(1000) as holding:
        assert holding.size_bytes == 100
        holding.resize(30)
        budget.take(70)


def test_what_is_never_given_back_is_waited_for_no_longer_than_agreed() -> None:
    budget = MemoryBudget(100, wait_s=0.05)
    with budget.hold(80):
        with pytest.raises(MemoryError), budget.hold(30):
            pytest.fail("there is no room")
        budget.take(20)


def test_what_is_handed_over_is_held_until_the_other_gives_it_back() -> None:
    budget = MemoryBudget(100, wait_s=0.05)
    with budget.hold() as kept:
        with budget.hold(60) as holding:
            holding.hand_over(kept, 20)
            assert (holding.size_bytes, kept.size_bytes) == (40, 20)
        with pytest.raises(MemoryError):
            budget.take(81)
    budget.take(100)


def test_what_was_given_back_takes_nothing_more() -> None:
    budget = MemoryBudget(100, wait_s=0.05)
    with budget.hold() as kept:
        pass
    with budget.hold(60) as holding:
        holding.hand_over(kept, 20)
    budget.take(100)
