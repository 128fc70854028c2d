"""A store in an empty folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.batch.store import BatchStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BatchStore]:
    with BatchStore.open(tmp_path / "data" / "jobs.sqlite") as store:
        yield store
