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
