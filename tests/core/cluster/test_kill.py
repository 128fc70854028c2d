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
pytestmark = [pytest.mark.cluster, pytest.mark.slow]

LONGEST_S = 1500


@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.long)])
def test_a_worker_and_then_the_driver_die(count: int, tmp_path: Path) -> None:
    home, out, table = tmp_path / "home", tmp_path / "out", tmp_path / "faces.csv"
    album = write_album(tmp_path / "album", count)
    label(album, "--csv", table, home=home)
    with ray_cluster(home) as cluster:
        words = command(album, out, cluster, photos_per_part=count // 15)
        driver = start(words, home)
        wait_until(lambda: len(part_names(out)) >= 2, driver, home)
        pid, *_ = cluster.worker_pids()
        os.kill(pid, signal.SIGKILL)
        before = len(part_names(out))
        wait_until(lambda: len(part_names(out)) >= before + 2, driver, home)
        driver.kill()
        driver.wait()
        written = written_at(out)
        assert start(words, home).wait(LONGEST_S) == 1, errors_in(home)
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
        wait_until(lambda: len(part_names(out)) >= 2, driver, home)
        cluster.kill("second")
        assert driver.wait(LONGEST_S) == 1, errors_in(home)
    assert rows_in(out) == csv_rows_in(table)


def command(album: Path, out: Path, cluster: RayCluster, photos_per_part: int) -> list[str | Path]:
    """It asks for one worker more than there are processors, which must not keep the others."""
    options = ("--cluster", cluster.address, "--workers", "3", "--out", out)
    return [*MAIN, "label", album, *options, "--photos-per-file", str(photos_per_part)]


def start(words: list[str | Path], home: Path) -> "subprocess.Popen[bytes]":
    """A command whose workers end soon after it; Ray would let them wait for it half a minute."""
    environ = environment(home, RAY_CLIENT_RECONNECT_GRACE_PERIOD="3")
    with (home / "errors").open("w") as errors:
        return subprocess.Popen(words, env=environ, stderr=errors)


def errors_in(home: Path) -> str:
    """What the command that was started last said of its trouble."""
    return (home / "errors").read_text()


def wait_until(is_so: Callable[[], bool], driver: "subprocess.Popen[bytes]", home: Path) -> None:
    until_s = time.monotonic() + LONGEST_S
    while not is_so():
        assert driver.poll() is None, errors_in(home)
        assert time.monotonic() < until_s, errors_in(home)
        time.sleep(0.05)


def written_at(out: Path) -> dict[str, int]:
    """When each part was written, in ns."""
    return {name: (out / name).stat().st_mtime_ns for name in part_names(out)}
