"""The devices that Keras computes on, of one host or several, and how they share a batch."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from core.errors import DataError

_HOSTS = "KERAS_DISTRIBUTION_JOB_ADDRESSES"


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

    Keras does so with JAX alone; elsewhere, and on a single device, nothing changes. Of several
    hosts each has to show its part of a batch: `host_part`.

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
    keras.distribution.set_distribution(
        keras.distribution.DataParallel(devices=devices, auto_shard_dataset=False)
    )


def join_hosts() -> None:
    """Join the processes of other hosts, if the variables that Keras reads name them.

    It waits for all of them, and goes before any computation.

    Raises:
        DataError: if Keras's backend cannot train on several hosts.
    """
    if _HOSTS not in os.environ:
        return
    if keras.backend.backend() != "jax":
        raise DataError(f"{_HOSTS} names several hosts, for which KERAS_BACKEND must be jax.")
    keras.distribution.initialize()


def host_part(dataset: keras.utils.PyDataset) -> keras.utils.PyDataset:
    """What this host shows of a dataset: the same part of every batch, or all if it is alone."""
    if keras.distribution.distribution() is None:
        return dataset
    jax = import_module("jax")
    hosts = jax.process_count()
    return dataset if hosts == 1 else _HostPart(dataset, jax.process_index(), hosts)


class _HostPart(keras.utils.PyDataset):  # type: ignore[misc]
    """Each host makes whole batches, so that pictures are those that one host would show."""

    def __init__(self, dataset: keras.utils.PyDataset, host: int, hosts: int) -> None:
        super().__init__(dataset.workers, dataset.use_multiprocessing, dataset.max_queue_size)
        self._dataset = dataset
        self._host = host
        self._hosts = hosts

    def __len__(self) -> int:
        return len(self._dataset)

    def __getitem__(self, batch: int) -> Any:
        return keras.tree.map_structure(self._part, self._dataset[batch])

    def _part(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.array_split(values, self._hosts)[self._host]


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
