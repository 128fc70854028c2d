"""Whatever dies, the rows are those of one computer, and what is written is not done again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.cluster.builders import (
    MAIN,
    csv_rows_in,
    environment,
    label,
    part_names,
    rows_in,
    write_album,
)
from tests.core.cluster.ray_cluster import RayCluster, ray_cluster

pytest.importorskip("ray")
pytestmark = [pytest.mark.cluster, pytest.mark.slow, pytest.mark.long]

LONGEST_S = 600


@pytest.mark.parametrize("count", [60, 2000])
def test_a_worker_and_then_the_driver_die(count: int, tmp_path: Path) -> None:
    home, out, table = tmp_path / "home", tmp_path / "out", tmp_path / "faces.csv"
    album = write_album(tmp_path / "album", count)
    label(album, "--csv", table, home=home)
    with ray_cluster(home) as cluster:
        words = command(album, out, cluster, photos_per_part=count // 15)
        driver = start(words, home)
        wait_until(lambda: len(part_names(out)) >= 2, driver)
        pid, *_ = cluster.worker_pids()
        os.kill(pid, signal.SIGKILL)
        before = len(part_names(out))
        wait_until(lambda: len(part_names(out)) >= before + 2, driver)
        driver.kill()
        driver.wait()
        written = written_at(out)
        again = start(words, home)
        assert again.wait(LONGEST_S) == 1, again.stderr and again.stderr.read()
    assert rows_in(out) == csv_rows_in(table)
    assert len(rows_in(out)) == 2 * count + 1
    assert written.items() <= written_at(out).items()
    assert len(written) < len(part_names(out))


def test_a_computer_dies(tmp_path: Path) -> None:
    home, out, table = tmp_path / "home", tmp_path / "out", tmp_path / "faces.csv"
    album = write_album(tmp_path / "album", 60)
    label(album, "--csv", table, home=home)
    with ray_cluster(home) as cluster:
        driver = start(command(album, out, cluster, photos_per_part=4), home)
        wait_until(lambda: len(part_names(out)) >= 2, driver)
        cluster.kill("second")
        assert driver.wait(LONGEST_S) == 1, driver.stderr and driver.stderr.read()
    assert rows_in(out) == csv_rows_in(table)


def command(album: Path, out: Path, cluster: RayCluster, photos_per_part: int) -> list[str | Path]:
    options = ("--cluster", cluster.address, "--photos-per-file", str(photos_per_part))
    return [*MAIN, "label", album, *options, "--out", out]


def start(words: list[str | Path], home: Path) -> "subprocess.Popen[bytes]":
    with (home / "errors").open("w") as errors:
        return subprocess.Popen(words, env=environment(home), stderr=errors)


def wait_until(is_so: Callable[[], bool], driver: "subprocess.Popen[bytes]") -> None:
    until_s = time.monotonic() + LONGEST_S
    while not is_so():
        assert driver.poll() is None, driver.stderr and driver.stderr.read()
        assert time.monotonic() < until_s
        time.sleep(0.05)


def written_at(out: Path) -> dict[str, int]:
    """When each part was written, in ns."""
    return {name: (out / name).stat().st_mtime_ns for name in part_names(out)}
