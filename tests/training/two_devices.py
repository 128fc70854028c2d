"""Trains a small network with JAX, its batches shared among several processors, or hosts.

`python -m tests.training.two_devices DIR` prints its losses and weights on all devices, as JSON.
"""

import json
import sys
from pathlib import Path

import keras

from tests.training.made_up_faces import write_chips
from tests.training.tiny_model import TINY, make_tiny_model
from training.data.labelled_data import Data
from training.learning.devices import join_hosts
from training.learning.run_dir import RunDir
from training.learning.train import train


def weights(run: RunDir) -> list[float]:
    """What the best network holds, one number after the other."""
    model = make_tiny_model(TINY.input_size_px)
    run.load_best(model)
    return [float(weight) for array in model.get_weights() for weight in array.ravel()]


if __name__ == "__main__":
    join_hosts()
    folder = Path(sys.argv[1])
    data = Data([write_chips(folder / "UTKFace", 40)], folder / "cache")
    assert len(data.split.validation) % 2, "an odd batch is what two devices cannot share"
    run = RunDir(folder / "run")
    run.start({})
    train(TINY, data, run)
    run.note_machine()
    losses = [epoch.figures[name] for epoch in run.read_history() for name in ("loss", "val_loss")]
    is_shared = keras.distribution.distribution() is not None
    print(json.dumps({"is_shared": is_shared, "losses": losses, "weights": weights(run)}))
