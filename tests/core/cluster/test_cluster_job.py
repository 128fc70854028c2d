from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from core.batch.job_control import JobControl
from core.batch.job_progress import JobProgress
from core.cluster.cluster_job import ClusterJob, LostPartError
from core.cluster.part_file import PartFile
from core.cluster.work import Part, parts_of
from tests.core.batch.builders import RECIPE
from tests.core.cluster.builders import make_work


@dataclass(frozen=True)
class Told:
    part: Part
    file: PartFile | None
    reason: str = ""


def done(part: Part, *, failed: int = 0, unreached: int = 0) -> PartFile:
    count = len(part.photos)
    return PartFile(part.key, count, 2 * (count - failed), failed, unreached)


@dataclass
class FakePool:
    """Labels one part after the other at once; `loses` says which are lost."""

    loses: Callable[[Part, bool], bool] = lambda part, is_careful: False
    begun: list[tuple[Part, bool]] = field(default_factory=list)
    under_way: list[tuple[Part, bool]] = field(default_factory=list)
    most: int = 0

    @property
    def has_room(self) -> bool:
        return len(self.under_way) < 4

    @property
    def is_idle(self) -> bool:
        return not self.under_way

    def begin(self, part: Part, *, is_careful: bool = False) -> None:
        self.begun.append((part, is_careful))
        self.under_way.append((part, is_careful))
        self.most = max(self.most, len(self.under_way))

    def finished(self, timeout_s: float) -> Iterator[Told]:
        if self.under_way:
            part, is_careful = self.under_way.pop(0)
            is_lost = self.loses(part, is_careful)
            yield Told(part, None if is_lost else done(part), "It died." if is_lost else "")


def make_parts(count: int = 10) -> list[Part]:
    work = make_work(*(f"{number}.jpg" for number in range(count)))
    return list(parts_of(work, RECIPE, 1))


def run(
    parts: list[Part], pool: FakePool, written: dict[str, PartFile] | None = None
) -> tuple[ClusterJob, list[JobProgress]]:
    job = ClusterJob(iter(parts), dict(written or {}), pool, JobControl())
    return job, list(job.run())


def test_every_part_is_labelled_once_and_few_wait_in_the_pool() -> None:
    parts, pool = make_parts(), FakePool()
    job, told = run(parts, pool)
    assert [part for part, _ in pool.begun] == parts
    assert list(job.files) == [part.key for part in parts]
    assert pool.most == 4
    assert (told[-1].total, told[-1].done, told[-1].faces) == (10, 10, 20)


def test_what_is_written_is_not_labelled_again_and_counts() -> None:
    parts, pool = make_parts(), FakePool()
    written = {part.key: done(part, failed=1) for part in parts[:4]}
    job, told = run(parts, pool, written)
    assert [part for part, _ in pool.begun] == parts[4:]
    assert list(job.files) == [part.key for part in parts]
    assert (told[-1].done, told[-1].failed) == (6, 4)


def test_photos_that_were_out_of_reach_are_labelled_again() -> None:
    parts, pool = make_parts(2), FakePool()
    _, told = run(parts, pool, {parts[0].key: done(parts[0], failed=1, unreached=1)})
    assert [part for part, _ in pool.begun] == parts
    assert (told[-1].done, told[-1].failed) == (2, 0)


def test_a_part_that_kills_its_workers_is_labelled_carefully() -> None:
    parts = make_parts(3)
    pool = FakePool(loses=lambda part, is_careful: part == parts[1] and not is_careful)
    _, told = run(parts, pool)
    assert [is_careful for part, is_careful in pool.begun if part == parts[1]] == [
        False,
        False,
        True,
    ]
    assert told[-1].done == 3


def test_a_part_that_is_lost_without_end_ends_the_run_with_a_sentence() -> None:
    pool = FakePool(loses=lambda part, is_careful: True)
    with pytest.raises(LostPartError, match=r"1 photos, from 0\.jpg on, .* It died\. The same"):
        run(make_parts(1), pool)


def test_nothing_is_begun_after_a_cancel() -> None:
    control, pool = JobControl(), FakePool()
    job = ClusterJob(iter(make_parts()), {}, pool, control)
    told = job.run()
    next(told)
    control.cancel()
    begun = len(pool.begun)
    assert next(told).done < 10
    assert len(pool.begun) == begun
