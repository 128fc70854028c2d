"""Trains a small network with JAX, its batches shared among two processors.

`python -m tests.training.two_devices DIR` prints the losses of a run on all devices, as JSON.
"""

import json
import sys
from pathlib import Path

import keras

from tests.training.made_up_faces import write_chips
from tests.training.tiny_model import TINY
from training.data.labelled_data import Data
from training.learning.run_dir import RunDir
from training.learning.train import train

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    data = Data([write_chips(folder / "UTKFace", 40)], folder / "cache")
    assert len(data.split.validation) % 2, "an odd batch is what two devices cannot share"
    run = RunDir(folder / "run")
    run.start({})
    train(TINY, data, run)
    run.note_machine()
    losses = [epoch.figures[name] for epoch in run.read_history() for name in ("loss", "val_loss")]
    is_shared = keras.distribution.distribution() is not None
    print(json.dumps({"is_shared": is_shared, "losses": losses}))
