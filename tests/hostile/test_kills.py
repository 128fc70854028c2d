"""Exports and jobs that were killed end like undisturbed ones, and leave nothing half written."""

import shutil
from pathlib import Path

import pytest

from tests.core.batch.test_kill import check_killed_job, make_context
from tests.hostile.kills import contents, export_undisturbed, kill_exports, left_behind, make_job


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How many kills were asked for."""
    count: int = request.config.getoption("--kills", default=8)
    return count


def test_exports_that_were_killed_equal_undisturbed_ones(tmp_path: Path, kills: int) -> None:
    place = tmp_path / "place"
    store_path, job_id = make_job(place)
    pristine = shutil.copytree(place, tmp_path / "pristine")
    calm = place / "out"
    calm.mkdir()
    export_undisturbed(store_path, job_id, calm)
    expected, expected_album = contents(calm), contents(place / "album")
    shutil.rmtree(place)
    shutil.copytree(pristine, place)  # the photos lie where the job found them
    killed = place / "out"
    killed.mkdir()
    half_written = 0
    for _ in kill_exports(store_path, job_id, killed, kills):
        assert contents(killed) <= expected, "what is there is whole"
        half_written += len(left_behind(place))
    export_undisturbed(store_path, job_id, killed)
    assert contents(killed) == expected
    assert contents(place / "album") == expected_album
    assert left_behind(place) == []
    assert half_written, "some kill came in the middle of a file"


def test_a_job_that_was_killed_equals_an_undisturbed_one(tmp_path: Path, kills: int) -> None:
    check_killed_job(tmp_path, make_context(), kills // 2)
