import os
from pathlib import Path

import pytest

from core.batch.database import command_line_path, default_path
from core.batch.store import BatchStore
from core.commands import jobs
from core.errors import DamagedStoreError, StoreError
from tests.core.batch.builders import fill_job, make_face
from tests.core.batch.damage import make_store, put


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.paths.data_dir", lambda: tmp_path / "data")


def test_jobs_of_the_window_and_of_the_command_line_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in (default_path(), command_line_path()):
        with BatchStore.open(path) as store:
            fill_job(store, {"a.jpg": [make_face()], "b.jpg": "broken", "c.jpg": None})
    assert jobs.list_jobs() == 0
    window, command_line = capsys.readouterr().out.splitlines()
    told = "filled: 3 photos, 1 face, 1 could not be read, 1 still to be labelled"
    assert window.startswith("window, ")
    assert command_line.startswith("command line, ")
    assert window.endswith(told)
    assert command_line.endswith(told)


@pytest.mark.parametrize("command", [jobs.list_jobs, jobs.repair])
def test_where_nothing_was_labelled_there_is_nothing_to_list(
    command: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(command)
    assert command() == 0
    assert capsys.readouterr().out == "No jobs are kept.\n"
    assert not default_path().exists()


def test_a_damaged_store_is_repaired_and_can_be_listed_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_store(default_path())
    put(default_path(), "face", "age", "text")
    with BatchStore.open(command_line_path()) as store:
        fill_job(store, {"a.jpg": [make_face()]})
    assert jobs.repair() == 0
    window, command_line = capsys.readouterr().out.splitlines()
    assert "Saved: 1 job with 4 photos and 2 faces." in window
    assert "kept as" in window
    assert command_line == "command line: nothing is damaged."
    assert jobs.list_jobs() == 0


def test_a_list_of_a_damaged_store_is_a_sentence_with_the_way_out() -> None:
    make_store(default_path())
    put(default_path(), "job", "recipe", "cut JSON")
    with pytest.raises(DamagedStoreError, match="jobs repair"):
        jobs.list_jobs()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may enter everything")
@pytest.mark.parametrize("command", [jobs.list_jobs, jobs.repair])
def test_a_folder_that_may_not_be_entered_is_a_sentence(command: object) -> None:
    default_path().parent.mkdir(mode=0o000)
    assert callable(command)
    with pytest.raises(StoreError, match="cannot be looked for"):
        command()
