"""The devices that Keras computes on, and how they share a batch."""

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import keras

from core.errors import DataError


def list_devices() -> list[str]:
    """The accelerators, such as `gpu:0`; the processors where there is none."""
    if keras.backend.backend() == "torch":  # Keras's own list lacks PyTorch
        return _list_torch_devices()
    devices: list[str] = keras.distribution.list_devices()
    return devices


def processor_name() -> str:
    """What the processor is called, such as `AMD EPYC`; its kind where the system does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def share_batches(batch_size: int) -> None:
    """Let several devices each take a part of every batch and learn the same weights.

    Keras does so with JAX alone; elsewhere, and on a single device, nothing changes.

    Raises:
        DataError: if the devices cannot take equal parts.
    """
    devices = list_devices()
    if keras.backend.backend() != "jax" or len(devices) == 1:
        return
    if batch_size % len(devices):
        raise DataError(
            f"Batches of {batch_size} cannot be shared among {len(devices)} devices. "
            f"Choose a multiple of {len(devices)}: --batch N."
        )
    keras.distribution.set_distribution(keras.distribution.DataParallel(devices=devices))


@contextmanager
def whole_batches() -> Iterator[None]:
    """Within the block each device takes all of a batch, whatever its size."""
    sharing = keras.distribution.distribution()
    keras.distribution.set_distribution(None)
    try:
        yield
    finally:
        keras.distribution.set_distribution(sharing)


def _list_torch_devices() -> list[str]:
    torch = import_module("torch")
    return [f"gpu:{index}" for index in range(torch.cuda.device_count())] or ["cpu:0"]
