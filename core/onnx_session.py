"""Opens ONNX files for ONNX Runtime; the only file that imports it."""

import logging
import os
from pathlib import Path
from typing import Any

from core.errors import ModelError

# Before the import: it is read once, and without it ONNX Runtime writes an id of the device and
# reports (docs/adr/0006).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime as ort

ort.disable_telemetry_events()  # Windows has this switch alone

logger = logging.getLogger(__name__)

_WEIGHTS_FOLDER = "session.model_external_initializers_file_folder_path"

CPU_PROVIDER = "CPUExecutionProvider"
GPU_PROVIDERS = {
    "CUDAExecutionProvider": "GPU (CUDA)",
    "DmlExecutionProvider": "GPU (DirectML)",
    "CoreMLExecutionProvider": "Apple Neural Engine or GPU (CoreML)",
}
"""Tried in this order before the CPU; the second name is the user's."""


def open_session(path: Path, thread_count: int) -> Any:
    """An `onnxruntime.InferenceSession` on the first GPU provider that works, else on the CPU.

    Args:
        thread_count: at most; fewer where there are fewer processors.

    Raises:
        ModelError: if the file cannot be read as a model.
    """
    available = ort.get_available_providers()
    for provider in (name for name in GPU_PROVIDERS if name in available):
        try:
            return _session_on(provider, path, thread_count)
        except Exception:
            logger.warning("%s could not load %s; trying the next.", provider, path, exc_info=True)
    return open_cpu_session(path, thread_count)


def open_cpu_session(path: Path, thread_count: int) -> Any:
    """The same on the CPU, for models that are done there before a GPU has begun.

    Raises:
        ModelError: if the file cannot be read as a model.
    """
    try:
        return _session_on(CPU_PROVIDER, path, thread_count)
    except Exception as error:  # ONNX Runtime's errors share no narrower class.
        raise ModelError(f"The model file {path} cannot be loaded ({error}).") from error


def _session_on(provider: str, path: Path, thread_count: int) -> Any:
    options = ort.SessionOptions()
    options.log_severity_level = 3  # errors only
    options.intra_op_num_threads = min(thread_count, os.cpu_count() or 1)
    # Threads that wait by spinning answer 5 % sooner and keep both cores hot between frames.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if provider == "DmlExecutionProvider":
        options.enable_mem_pattern = False  # DirectML does not support it
    providers = [provider] if provider == CPU_PROVIDER else [provider, CPU_PROVIDER]
    # Weights in other files, which no hash covers, are looked for in this folder: it is none.
    options.add_session_config_entry(_WEIGHTS_FOLDER, str(path))
    # A fallback of its own would print to the standard output, and keep the file in memory.
    session = ort.InferenceSession(
        path.read_bytes(), options, providers=providers, enable_fallback=0
    )
    session._model_bytes = None
    return session
