"""Runs that start at the same moment, each in a process of its own, and share a cache."""

import multiprocessing
import shutil
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.training.made_up_faces import write_chips
from training.data import chip_cache
from training.data.archive import open_data
from training.data.chip import read_chips
from training.data.chip_cache import load_chip_images
from training.data.file_lock import exclusive

CHIPS = 12
SPAWN = multiprocessing.get_context("spawn")


def take_time(module: ModuleType, name: str, done: Path) -> None:
    """Let a function take as long as many chips do, and note in `done` each time it is called."""
    function = getattr(module, name)

    def slowly(*arguments: Any) -> Any:
        time.sleep(0.05)
        with done.open("ab") as file:
            file.write(b".")
        return function(*arguments)

    setattr(module, name, slowly)


def decode_chips(root: Path) -> Callable[[], bool]:
    take_time(chip_cache, "read_chip_image", root / "done")
    chips = read_chips(root / "UTKFace")
    return lambda: bool(load_chip_images(chips, root / "cache").any(axis=(1, 2, 3)).all())


def unpack_archive(root: Path) -> Callable[[], bool]:
    take_time(shutil, "copyfileobj", root / "done")
    return lambda: len(read_chips(open_data(root / "UTKFace.tar.gz", root / "cache"))) == CHIPS


def crop_chips(root: Path) -> Callable[[], bool]:
    from training.data import app_crops

    chips = read_chips(root / "UTKFace")
    images = np.stack([chip_cache.read_chip_image(chip.path) for chip in chips])
    app_crops.crop_as_app = lambda chip, *_: chip
    take_time(app_crops, "crop_as_app", root / "done")

    def crop() -> bool:
        crops = app_crops.load_app_crops(chips, images, root / "cache", lambda *_: None)
        return bool((crops.images[:] == images).all() and crops.found.all())

    return crop


def make_at_once(prepare: Callable[[Path], Callable[[], bool]], root: Path, start: Any) -> None:
    make = prepare(root)
    start.wait()
    sys.exit(0 if make() else 1)


@pytest.mark.parametrize(
    "prepare",
    [
        decode_chips,
        unpack_archive,
        pytest.param(crop_chips, marks=pytest.mark.slow),
    ],
)
def test_of_two_runs_at_once_one_makes_what_both_read(
    prepare: Callable[[Path], Callable[[], bool]], tmp_path: Path
) -> None:
    folder = write_chips(tmp_path / "UTKFace", CHIPS)
    with tarfile.open(tmp_path / "UTKFace.tar.gz", "w:gz") as files:
        files.add(folder, "UTKFace")
    start = SPAWN.Barrier(2)
    runs = [SPAWN.Process(target=make_at_once, args=(prepare, tmp_path, start)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    assert (tmp_path / "done").stat().st_size == CHIPS


def hold(path: Path, held: Any) -> None:
    with exclusive(path):
        held.set()
        time.sleep(600)


def pass_through(path: Path) -> None:
    with exclusive(path):
        pass


def test_a_run_waits_for_another_and_says_so_until_that_is_killed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, held = tmp_path / "cache" / "chips.npy", SPAWN.Event()
    first = SPAWN.Process(target=hold, args=(path, held))
    first.start()
    assert held.wait()
    second = SPAWN.Process(target=pass_through, args=(path,))
    second.start()
    said = ""
    while not said:
        said = capfd.readouterr().out
        time.sleep(0.05)
    assert said == f"Another run is making {path}; this one waits for it.\n"
    assert second.is_alive()
    first.kill()
    second.join()
    first.join()
    assert second.exitcode == 0
    pass_through(path)
    assert capfd.readouterr().out == ""
