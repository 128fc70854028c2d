"""The only place that joins concrete classes into a pipeline.

What is heavy (MediaPipe, ONNX Runtime, TensorFlow) is imported where it is joined, so that a
window which imports this file appears at once.
"""

import logging
from typing import TYPE_CHECKING

from core.errors import ModelError
from core.estimation.gpu import may_have_tensorflow_gpu
from core.estimation.model_card import KERAS_FILE, ONNX_FILE
from core.estimation.model_folder import ModelFolder, find_model
from core.settings import EngineChoice, Settings
from core.sources.frame_source import SourceKind

if TYPE_CHECKING:
    from core.estimation.engine import Engine
    from core.estimation.predictor import Predictor
    from core.faces.detector import FaceDetector
    from core.pipeline import FramePipeline, PhotoLabeller

logger = logging.getLogger(__name__)


def make_predictor(model_name: str | None, settings: Settings) -> "Predictor":
    """Load a model, the default one if `model_name` is None, on the engine of `settings`.

    Raises:
        ModelError: if there is no such model, or it cannot be loaded or run.
    """
    from core.estimation.predictor import Predictor

    folder = find_model(model_name)
    return Predictor(folder.card, _make_engine(folder, settings.engine))


def make_pipeline(kind: SourceKind, model_name: str | None, settings: Settings) -> "FramePipeline":
    """A pipeline for sources of `kind`.

    Raises:
        ModelError: as `make_predictor`.
    """
    from core.pipeline import LivePipeline, StillPipeline

    predictor = make_predictor(model_name, settings)
    detector = make_detector(settings)
    if kind is SourceKind.PHOTO:
        return StillPipeline(detector, predictor, settings)
    return LivePipeline(detector, predictor, settings)


def make_photo_labeller(model_name: str | None, settings: Settings) -> "PhotoLabeller":
    """What labels photo files.

    Raises:
        ModelError: as `make_predictor`.
    """
    from core.pipeline import PhotoLabeller

    return PhotoLabeller(make_pipeline(SourceKind.PHOTO, model_name, settings))


def make_detector(settings: Settings) -> "FaceDetector":
    """The face detector as `settings` want it."""
    from core.faces.detector import FaceDetector

    return FaceDetector(
        settings.detection_range, settings.min_detection_score, settings.min_face_px
    )


def _make_engine(folder: ModelFolder, choice: EngineChoice) -> "Engine":
    if choice is EngineChoice.KERAS:
        return _make_keras_engine(folder)
    if choice is EngineChoice.AUTO and may_have_tensorflow_gpu():
        engine = _make_keras_engine_on_gpu(folder)
        if engine is not None:
            return engine
    from core.estimation.onnx_engine import OnnxEngine

    return OnnxEngine(folder.verify_file(ONNX_FILE))


def _make_keras_engine(folder: ModelFolder) -> "Engine":
    try:
        from core.estimation.keras_engine import KerasEngine
    except ImportError as error:
        raise ModelError(
            "The Keras engine needs TensorFlow, which is not installed. "
            "Choose the ONNX engine, or install Visage with its extra `gpu`."
        ) from error
    return KerasEngine(folder.verify_file(KERAS_FILE))


def _make_keras_engine_on_gpu(folder: ModelFolder) -> "Engine | None":
    """None where TensorFlow sees no GPU after all, or the model has no usable Keras file."""
    try:
        from core.estimation.keras_engine import visible_gpu

        return _make_keras_engine(folder) if visible_gpu() else None
    except (ImportError, ModelError) as error:
        logger.warning("%s The ONNX engine is used instead.", error)
        return None
