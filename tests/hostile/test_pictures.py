"""Damaged pictures: each is a photo or a sentence, in bounded memory and time."""

import collections
import json
import os
import sys
from pathlib import Path

import pytest
from PIL import Image as Pillow

from core.sources.endings import PHOTO_SUFFIXES
from tests.hostile.child import outcomes, run_command, run_function
from tests.hostile.mutation import mutated
from tests.hostile.pictures import read_folder, read_mutated, seeds

SHORT_RUN = 320
PER_CHILD = 1000


def test_the_seeds_are_photos(tmp_path: Path) -> None:
    for name, content in seeds().items():
        (tmp_path / name).write_bytes(content)
    ending = run_function(read_folder, str(tmp_path))
    assert outcomes(ending) == {"photo": len(seeds())}
    kinds = {**Pillow.registered_extensions(), ".dib": "BMP"}
    assert {kinds[Path(name).suffix] for name in seeds()} == {kinds[end] for end in PHOTO_SUFFIXES}


def test_a_number_always_gives_the_same_picture() -> None:
    assert [mutated(seeds(), 7), mutated(seeds(), 8)] == [mutated(seeds(), 7), mutated(seeds(), 8)]


def test_each_damaged_picture_is_a_photo_or_a_sentence(thousands: int) -> None:
    total: collections.Counter[str] = collections.Counter()
    peak_mb = 0.0
    for begin in range(0, 1000 * thousands or SHORT_RUN, PER_CHILD):
        count = min(PER_CHILD, 1000 * thousands or SHORT_RUN)
        ending = run_function(read_mutated, begin, count, time_s=1200)
        total += outcomes(ending)
        peak_mb = max(peak_mb, ending.peak_mb)
    print(f"\n{dict(total)}, at most {peak_mb:.0f} MB")
    assert sum(total.values()) == (1000 * thousands or SHORT_RUN)
    assert min(total["photo"], total["sentence"]) > 0.1 * sum(total.values())


def test_each_damaged_picture_of_a_job_is_a_row(tmp_path: Path, thousands: int) -> None:
    count = 1000 * thousands or 100
    (tmp_path / "album").mkdir()
    for number in range(count):
        name, content = mutated(seeds(), number)
        (tmp_path / "album" / name).write_bytes(content)
    rows_path = tmp_path / "rows.jsonl"
    ending = run_command(
        [sys.executable, "main.py", "label", str(tmp_path / "album"), "--jsonl", str(rows_path)],
        time_s=120 + 2400 * thousands,
        environment={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")},
    )
    assert (ending.broken_limit, ending.code) == (None, 1), ending.errors[-3000:]
    rows = [json.loads(line) for line in rows_path.read_text("utf-8").splitlines()]
    assert len(rows) == count
    assert all(row["error"] or row["faces"] is not None for row in rows)
    print(f"\n{count} damaged pictures in a job: at most {ending.peak_mb:.0f} MB")


def test_each_picture_of_a_folder_by_hand(request: pytest.FixtureRequest) -> None:
    """Such as `--pictures` with the tests of Pillow's source archive."""
    folder = request.config.getoption("--pictures", default=None)
    if folder is None:
        pytest.skip("needs --pictures FOLDER")
    ending = run_function(read_folder, str(Path(folder).absolute()), time_s=1800)
    print(f"\n{dict(outcomes(ending))}, at most {ending.peak_mb:.0f} MB, {ending.wall_s:.0f} s")
