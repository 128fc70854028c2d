import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from core import assembly
from core.assembly import make_photo_labeller, make_pipeline, make_predictor
from core.errors import ModelError
from core.estimation.model_card import KERAS_FILE, ONNX_FILE
from core.estimation.model_folder import find_model
from core.paths import sample_photo
from core.settings import EngineChoice, Settings
from core.sources.frame_source import SourceKind
from tests.fakes import FunctionEngine, make_frame, red_and_blue
from tests.model_folders import sign_folder

AUTO = Settings(engine=EngineChoice.AUTO)

FIND_A_FACE = """
import sys

started = []
STARTING = ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system")
sys.addaudithook(lambda event, arguments: started.append(arguments) if event in STARTING else None)

from core import paths
from core.assembly import make_photo_search
from core.settings import Settings
from core.sources.photo import load_photo

assert make_photo_search(Settings()).detect_photo(load_photo(paths.sample_photo()).image)
print("started:", started)
vain = ("matplotlib", "mediapipe", "sounddevice", "cffi", "tensorflow", "jax", "PySide6")
print("imported:", [name for name in vain if name in sys.modules])
"""


@pytest.fixture
def keras_engine(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A stand-in for the file that imports TensorFlow; it sees a GPU unless told otherwise."""
    module = ModuleType("core.estimation.keras_engine")
    seen = SimpleNamespace(gpu="NVIDIA H100", path=None)

    class KerasEngine(FunctionEngine):
        name = "Keras/TensorFlow"

        def __init__(self, path: Path) -> None:
            seen.path = path
            super().__init__(red_and_blue)

    module.visible_gpu = lambda: seen.gpu  # type: ignore[attr-defined]
    module.KerasEngine = KerasEngine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "core.estimation.keras_engine", module)
    monkeypatch.setattr(assembly, "may_have_tensorflow_gpu", lambda: True)
    return seen


@pytest.fixture
def folder_with_keras(model_folder: Path) -> Path:
    (model_folder / KERAS_FILE).write_bytes(b"a Keras model")
    sign_folder(model_folder, find_model().card)
    return model_folder


def test_onnx_runs_the_model_where_there_is_no_gpu(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "may_have_tensorflow_gpu", lambda: False)
    monkeypatch.setitem(sys.modules, "core.estimation.keras_engine", None)  # cannot be imported
    assert make_predictor(None, AUTO).engine.name == "ONNX Runtime"


def test_keras_runs_the_model_where_tensorflow_sees_a_gpu(
    folder_with_keras: Path, keras_engine: SimpleNamespace
) -> None:
    assert make_predictor(None, AUTO).engine.name == "Keras/TensorFlow"
    assert keras_engine.path == folder_with_keras / KERAS_FILE


def test_onnx_runs_the_model_where_tensorflow_sees_no_gpu_after_all(
    folder_with_keras: Path, keras_engine: SimpleNamespace
) -> None:
    keras_engine.gpu = None
    assert make_predictor(None, AUTO).engine.name == "ONNX Runtime"


def test_onnx_runs_a_model_that_has_no_keras_file_and_says_why(
    model_folder: Path, keras_engine: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    assert make_predictor(None, AUTO).engine.name == "ONNX Runtime"
    assert "comes without model.keras" in caplog.text


def test_the_choice_of_keras_is_obeyed_without_a_gpu(
    folder_with_keras: Path, keras_engine: SimpleNamespace
) -> None:
    keras_engine.gpu = None
    settings = Settings(engine=EngineChoice.KERAS)
    assert make_predictor("tiny", settings).engine.name == "Keras/TensorFlow"


def test_the_choice_of_keras_without_tensorflow_is_a_sentence(
    folder_with_keras: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "core.estimation.keras_engine", None)
    with pytest.raises(ModelError, match="needs TensorFlow, which is not installed"):
        make_predictor("tiny", Settings(engine=EngineChoice.KERAS))


def test_the_choice_of_onnx_does_not_ask_for_a_gpu(
    folder_with_keras: Path, keras_engine: SimpleNamespace
) -> None:
    settings = Settings(engine=EngineChoice.ONNX)
    assert make_predictor("tiny", settings).engine.name == "ONNX Runtime"
    assert keras_engine.path is None


def test_a_tampered_model_is_never_loaded(model_folder: Path) -> None:
    (model_folder / ONNX_FILE).write_bytes(b"something else")
    with pytest.raises(ModelError, match="damaged or was changed"):
        make_predictor(None, AUTO)


@pytest.mark.parametrize("kind", list(SourceKind))
def test_every_kind_of_source_has_a_pipeline(model_folder: Path, kind: SourceKind) -> None:
    with closing(make_pipeline(kind, None, AUTO)) as pipeline:
        assert pipeline.process(make_frame()).faces == ()
        assert pipeline.predictor.card.name == "tiny"


def test_a_photo_is_labelled_from_file_to_faces(model_folder: Path) -> None:
    with closing(make_photo_labeller(None, AUTO)) as labeller:
        result = labeller.label(sample_photo())
    assert result.error is None
    assert len(result.faces) == 2
    assert all(face.estimate is not None for face in result.faces)


def test_finding_a_face_imports_nothing_in_vain_and_starts_no_program() -> None:
    told = subprocess.run(
        [sys.executable, "-c", FIND_A_FACE], check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.splitlines()[-2:] == ["started: []", "imported: []"]
