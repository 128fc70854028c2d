"""Runs that are killed as a power cut kills them, and started again."""

import multiprocessing
import os
import random
import signal
import sys
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.training.made_up_faces import write_chips
from tests.training.tiny_model import TINY
from training.data.labelled_data import Data
from training.learning.compilation import compile_phase
from training.learning.run_dir import Epoch, RunDir
from training.learning.train import finished_model, train

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

CONFIG = replace(TINY, epochs=12, stop_patience_epochs=12, learning_rate=1e-3)
KILLS = 5


def start(target: str, *arguments: object) -> BaseProcess:
    """Start a function of this module in a process of its own, which has Keras already."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([__name__])
    process = forks.Process(target=globals()[target], args=arguments)
    process.start()
    return process


class TellingRun(RunDir):
    """Tells through a pipe whenever an epoch is done."""

    def __init__(self, path: Path, told: Connection) -> None:
        super().__init__(path)
        self._told = told

    def log(self, line: str) -> None:
        super().log(line)
        self._told.send(line)


def run_to_its_end(root: Path, name: str, told: Connection) -> None:
    run = TellingRun(root / name, told)
    run.start(CONFIG.described())
    train(CONFIG, Data([root / "UTKFace"], root / "cache"), run)


def kill_once_it_has_gone_on(root: Path, name: str, delay_s: float) -> bool:
    """Kill the run `delay_s` after its next epoch; False if it had ended by then."""
    listening, told = multiprocessing.Pipe(duplex=False)
    process = start("run_to_its_end", root, name, told)
    told.close()
    listening.recv()
    process.join(delay_s)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


@pytest.mark.slow
def test_a_run_killed_at_random_moments_ends_where_it_would_have_ended(tmp_path: Path) -> None:
    write_chips(tmp_path / "UTKFace", 40)
    data = Data([tmp_path / "UTKFace"], tmp_path / "cache")
    whole, parts = RunDir(tmp_path / "whole"), RunDir(tmp_path / "parts")
    for run in (whole, parts):
        run.start(CONFIG.described())
    train(CONFIG, data, whole)
    delays = random.Random(0)
    kills = sum(
        kill_once_it_has_gone_on(tmp_path, "parts", delays.uniform(0, 0.3)) for _ in range(KILLS)
    )
    assert kills >= 3, "else nothing was tried"
    train(CONFIG, data, parts)
    first, second = ([epoch.figures for epoch in run.read_history()] for run in (whole, parts))
    assert len(second) == CONFIG.epochs
    for before, after in zip(first, second, strict=True):
        assert after == pytest.approx(before, rel=1e-4)
    images = data.images[:4][:, :32, :32].astype(np.float32)
    said = [finished_model(CONFIG, run).predict_on_batch(images) for run in (whole, parts)]
    assert said[1]["age_output"] == pytest.approx(said[0]["age_output"], rel=1e-4)


def make_marked_model(mark: float) -> keras.Model:
    """A model whose every weight is `mark`."""
    model = CONFIG.make_model(CONFIG.input_size_px)
    compile_phase(model, CONFIG, 0, 1)
    for weight in model.trainable_weights:
        weight.assign(np.full(weight.shape, mark))
    return model


def make_history(epoch_count: int) -> list[Epoch]:
    return [Epoch({"val_loss": 1 / epoch}, 1e-3, 1.0) for epoch in range(1, epoch_count + 1)]


def save_second_epoch_and_die(path: Path, at: int) -> None:
    """Save a run after two epochs, but die before the change of a file that is number `at`."""
    model, changes = make_marked_model(2), 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        if event in {"open", "os.rename", "os.remove"} and str(path) in str(arguments[0]):
            changes += 1
            if changes == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    RunDir(path).save(model, make_history(2))


@pytest.mark.slow
def test_a_save_killed_before_any_of_its_files_leaves_a_run_that_goes_on(tmp_path: Path) -> None:
    whole_epochs = set()
    for at in range(1, 20):
        run = RunDir(tmp_path / str(at))
        run.start({})
        run.save(make_marked_model(1), make_history(1))
        process = start("save_second_epoch_and_die", run.path, at)
        process.join()
        epoch_count = len(run.read_history())
        model = make_marked_model(0)
        run.restore(model, epoch_count)
        assert model.get_layer("age_output").get_weights()[0].mean() == epoch_count
        whole_epochs.add(epoch_count)
        if process.exitcode == 0:
            break
    assert process.exitcode == 0
    assert at > 4, "else nothing was killed"
    assert whole_epochs == {1, 2}
