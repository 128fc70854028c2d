"""Trains a small network with JAX, its batches shared among two processors.

`python -m tests.training.two_devices DIR` prints the losses of a run on all devices, as JSON.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import keras

from tests.training.made_up_faces import write_chips
from training.architectures.heads import age_output
from training.configs import Preset
from training.data import Data
from training.recipes import find_config
from training.run_dir import RunDir
from training.train import train


def make_tiny_model(input_size_px: int) -> keras.Model:
    inputs = keras.Input((input_size_px, input_size_px, 3))
    x = keras.layers.Rescaling(1 / 255)(inputs)
    x = keras.layers.Conv2D(4, 3, strides=8, activation="relu")(x)
    x = keras.layers.Flatten()(keras.layers.BatchNormalization()(x))
    x = keras.layers.Dropout(0.3)(x)
    return keras.Model(inputs, {"age_output": age_output(x, 1)})


TINY = replace(
    find_config("age_cnn", Preset.REPORT),
    make_model=make_tiny_model,
    input_size_px=32,
    batch_size=4,
    epochs=2,
    ema_momentum=0.9,
    settle_batches=2,
    precision="float32",
)

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    data = Data(write_chips(folder / "UTKFace", 40), folder / "cache")
    assert len(data.split.validation) % 2, "an odd batch is what two devices cannot share"
    run = RunDir(folder / "run")
    run.start({})
    train(TINY, data, run)
    run.note_machine()
    losses = [epoch.figures[name] for epoch in run.read_history() for name in ("loss", "val_loss")]
    is_shared = keras.distribution.distribution() is not None
    print(json.dumps({"is_shared": is_shared, "losses": losses}))
