"""Makes the fixtures of windows known here, and a store with a job."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.batch.record import Job
from core.batch.store import BatchStore
from gui.batch.jobs.job_reader import JobReader
from gui.window.main_window import MainWindow
from tests.gui.batch.batch_parts import BatchCore
from tests.gui.batch.builders import family
from tests.window_fixtures import (
    MakeWindow,
    make_window,
    no_error_in_the_log,
    own_jobs,
    own_settings,
    theme,
)

__all__ = ["make_window", "no_error_in_the_log", "own_jobs", "own_settings", "theme"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BatchStore]:
    with BatchStore.open(tmp_path / "data" / "jobs.sqlite") as store:
        yield store


@pytest.fixture
def family_job(store: BatchStore) -> Job:
    """See `family`."""
    return family(store)


@pytest.fixture
def job_reader(store: BatchStore) -> Iterator[JobReader]:
    """Reads what is in `store`."""
    reader = JobReader(store.database.path)
    yield reader
    reader.close()


@pytest.fixture
def only_our_garbage() -> Iterator[None]:
    """What hundreds of tests left in memory is not looked through while a stall is measured."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """A window over a core that labels made-up albums."""
    window = make_window(BatchCore().parts)
    window.resize(1200, 800)
    return window
