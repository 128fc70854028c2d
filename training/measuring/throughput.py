"""How fast a model trains on chips, beside how fast it could if they cost nothing."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

import keras

from core.errors import DataError
from training.data.chip_dataset import Batch, ChipDataset
from training.learning.compilation import compile_phase
from training.learning.configs import TrainConfig
from training.learning.devices import list_devices

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Throughput:
    """Images a second, each the best of some rounds.

    Attributes:
        synthetic: training on one batch again and again: what the devices can do.
        real: training on chips, augmented anew.
        pipeline: making batches of chips, in one thread, without training on them.
    """

    synthetic: float
    real: float
    pipeline: float

    @property
    def real_share(self) -> float:
        """How much of the devices' speed chips leave; near 1 where they never wait for one."""
        return self.real / self.synthetic


class RepeatedBatch(keras.utils.PyDataset):  # type: ignore[misc]
    """The same batch, `count` times."""

    def __init__(self, batch: Batch, count: int) -> None:
        super().__init__()
        self._batch = batch
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Batch:
        del index
        return self._batch


def measure_throughput(config: TrainConfig, training: ChipDataset, steps: int) -> Throughput:
    """Train `config` for rounds of `steps` batches, on chips and on one batch in turns.

    Args:
        steps: fewer are taken where `training` has fewer batches.

    Raises:
        DataError: if there are too few chips for one batch.
    """
    steps = min(steps, len(training))
    if steps < 1:
        raise DataError(f"These chips are too few for a batch of {config.batch_size}.")
    keras.utils.set_random_seed(config.seed)
    keras.mixed_precision.set_global_policy(config.precision)
    model = config.build()
    compile_phase(model, config, config.head_epochs, len(training))
    repeated = RepeatedBatch(training[0], steps)
    model.fit(repeated, steps_per_epoch=min(2, steps), verbose=0)  # tracing is no part of it
    ways: dict[str, Callable[[], float]] = {
        "synthetic": lambda: _fit_s(model, repeated, steps),
        "real": lambda: _fit_s(model, training, steps),
        "pipeline": lambda: _pipeline_s(training, steps),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            seconds[name].append(way())
    images = steps * config.batch_size
    return Throughput(**{name: images / min(taken) for name, taken in seconds.items()})


def throughput_table(config: TrainConfig, found: Throughput) -> str:
    """The speeds as lines of text."""
    return "\n".join(
        [
            f"{config.name} ({config.preset}) at {config.input_size_px} px, batches of "
            f"{config.batch_size}, {keras.backend.backend()} on {', '.join(list_devices())}:",
            f"  one batch again and again {found.synthetic:9.1f} images/s",
            f"  chips                     {found.real:9.1f} images/s "
            f"({found.real_share:.0%} of that)",
            f"  chips, without training   {found.pipeline:9.1f} images/s a thread",
        ]
    )


def throughput_json(config: TrainConfig, found: Throughput) -> dict[str, Any]:
    """The speeds with what they were measured on, as plain JSON values."""
    return {
        "name": config.name,
        "preset": config.preset,
        "input_size_px": config.input_size_px,
        "batch_size": config.batch_size,
        "backend": keras.backend.backend(),
        "devices": list_devices(),
        "images_per_s": asdict(found),
        "real_share": found.real_share,
    }


def _fit_s(model: keras.Model, dataset: keras.utils.PyDataset, steps: int) -> float:
    """The seconds of an epoch, without what Keras does before its first batch."""
    begun: list[float] = []
    clock = keras.callbacks.LambdaCallback(on_epoch_begin=lambda *_: begun.append(perf_counter()))
    model.fit(dataset, steps_per_epoch=steps, epochs=1, shuffle=False, verbose=0, callbacks=[clock])
    return perf_counter() - begun[0]


def _pipeline_s(training: ChipDataset, steps: int) -> float:
    begun_s = perf_counter()
    for batch in range(steps):
        training[batch]
    return perf_counter() - begun_s
