"""The hand-over in which the newest value wins."""

from threading import Thread

from core.sources.latest_slot import LatestSlot


def test_the_newest_value_wins_and_the_rest_is_counted() -> None:
    slot: LatestSlot[int] = LatestSlot()
    assert [slot.put(value) for value in (1, 2, 3)] == [True, False, False]
    assert slot.take() == 3
    assert slot.dropped_count == 2


def test_a_taken_value_is_gone() -> None:
    slot: LatestSlot[int] = LatestSlot()
    slot.put(1)
    slot.take()
    assert slot.take(timeout_s=0.001) is None
    assert slot.put(2), "the slot is empty again, so its reader must be told"


def test_a_waiting_reader_gets_what_is_put() -> None:
    slot: LatestSlot[int] = LatestSlot()
    taken: list[int | None] = []
    reader = Thread(target=lambda: taken.append(slot.take(timeout_s=60)))
    reader.start()
    slot.put(7)
    reader.join(5)
    assert taken == [7]


def test_closing_wakes_a_waiting_reader() -> None:
    slot: LatestSlot[int] = LatestSlot()
    taken: list[int | None] = []
    reader = Thread(target=lambda: taken.append(slot.take(timeout_s=60)))
    reader.start()
    slot.close()
    reader.join(5)
    assert taken == [None]
    assert slot.is_closed


def test_what_is_inside_a_closed_slot_can_be_taken_once() -> None:
    slot: LatestSlot[int] = LatestSlot()
    slot.put(1)
    slot.close()
    assert slot.take() == 1
    assert slot.take(timeout_s=60) is None


def test_a_fast_writer_loses_nothing_unseen() -> None:
    slot: LatestSlot[int] = LatestSlot()
    taken: list[int] = []

    def write() -> None:
        for value in range(1, 2001):
            slot.put(value)
        slot.close()

    writer = Thread(target=write)
    writer.start()
    while (value := slot.take(timeout_s=5)) is not None:
        taken.append(value)
    writer.join(5)
    assert taken == sorted(set(taken))
    assert taken[-1] == 2000
    assert len(taken) + slot.dropped_count == 2000
