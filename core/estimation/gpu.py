"""Whether asking TensorFlow for a GPU is worth the seconds that its import takes."""

import importlib.util
import shutil
from pathlib import Path

NVIDIA_CONTROL_DEVICE = Path("/dev/nvidiactl")


def may_have_tensorflow_gpu() -> bool:
    """False where TensorFlow is missing or there is no NVIDIA driver; imports nothing."""
    return importlib.util.find_spec("tensorflow") is not None and _has_nvidia_driver()


def _has_nvidia_driver() -> bool:
    return NVIDIA_CONTROL_DEVICE.exists() or shutil.which("nvidia-smi") is not None
