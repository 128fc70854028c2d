"""Trains each network for one batch with the Keras backend of the environment.

`python -m tests.training.one_step` prints the name of each that a batch has changed.
"""

from dataclasses import replace

import keras
import numpy as np

from training.learning.compilation import compile_phase
from training.learning.configs import Preset, TrainConfig
from training.learning.presets import CONFIGS

BATCH = 2
SIZE_PX = {"gender_cnn": 100, "age_cnn": 64}


def takes_a_step(config: TrainConfig) -> bool:
    """Whether one batch changes the weights and brings a loss that is a number."""
    keras.utils.set_random_seed(0)
    size_px = SIZE_PX.get(config.name, 48)
    model = config.make_model(size_px)
    compile_phase(model, replace(config, head_epochs=0, frozen_layers=0, warm_up=0.0), 0, 10)
    # TensorFlow takes minutes to trace ten large graphs, JAX to compile each operation by itself.
    model.run_eagerly = keras.backend.backend() != "jax"
    rng = np.random.default_rng(0)
    images = rng.uniform(0, 255, (BATCH, size_px, size_px, 3)).astype(np.float32)
    labels = {"age_output": [[20.0, 20.0], [60.0, 60.0]], "gender_output": [[0.0], [1.0]]}
    targets = {name: np.array(labels[name], np.float32) for name in config.outputs}
    weights = {name: np.ones((BATCH, 1), np.float32) for name in config.outputs}
    before = [np.array(keras.ops.convert_to_numpy(w)) for w in model.trainable_weights]
    losses = model.train_on_batch(images, targets, weights, return_dict=True)
    after = [keras.ops.convert_to_numpy(w) for w in model.trainable_weights]
    changed = any(not np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    return changed and bool(np.isfinite(losses["loss"]))


if __name__ == "__main__":
    for config in CONFIGS.values():
        if config.preset is Preset.TUNED and takes_a_step(config):
            print(config.name, flush=True)
