"""Work, and its outcome on a cluster and on one computer, for tests."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core import paths
from core.batch.export.csv_file import TEXT_COLUMNS
from core.cluster.work import WorkPhoto

MAIN = [sys.executable, str(paths.install_dir() / "main.py")]
TIMEOUT_S = 900


def make_work(*names: str) -> list[WorkPhoto]:
    return [WorkPhoto(name, f"/album/{name}", 1000, "1") for name in names]


def write_album(folder: Path, count: int) -> Path:
    """So many photos with two faces each, no two of the same bytes, and one that is none."""
    folder.mkdir(parents=True)
    for number in range(count):
        photo = folder / f"{number:04}.jpg"
        shutil.copy(paths.sample_photo(), photo)
        with photo.open("ab") as file:
            file.write(b"%d" % number)
    (folder / "damaged.jpg").write_text("no picture")
    return folder


def label(*words: str | Path, home: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run `main.py label` in a home of its own."""
    return subprocess.run(
        [*MAIN, "label", *words],
        env=environment(home, **variables),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def environment(home: Path, **variables: str) -> dict[str, str]:
    home.mkdir(exist_ok=True)
    return {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), **variables}


def rows_in(folder: Path) -> list[dict[str, Any]]:
    """All rows that the manifest of a finished run names, in their order."""
    import pyarrow.parquet as pq

    manifest = json.loads((folder / "manifest.json").read_text())
    return [row for name in manifest["files"] for row in pq.read_table(folder / name).to_pylist()]


def csv_rows_in(file: Path) -> list[dict[str, Any]]:
    """The rows of a CSV, its numbers as numbers."""
    with file.open(encoding="utf-8") as stream:
        return [_typed(row) for row in csv.DictReader(stream)]


def _typed(row: dict[str, str]) -> dict[str, Any]:
    return {
        name: field if name in TEXT_COLUMNS else (float(field) if field else None)
        for name, field in row.items()
    }


def part_names(folder: Path) -> Sequence[str]:
    return sorted(path.name for path in folder.glob("part-*.parquet"))
