import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest

from core.assembly import make_batch_predictor, make_predictor
from core.errors import ModelError
from core.estimation.model_card import ONNX_FILE
from core.estimation.onnx_engine import OnnxEngine
from core.settings import EngineChoice, Settings
from tests.model_folders import INPUT_SIZE_PX, coloured_chips, write_onnx_model


@pytest.fixture
def engine(tmp_path: Path) -> OnnxEngine:
    write_onnx_model(tmp_path / ONNX_FILE)
    return OnnxEngine(tmp_path / ONNX_FILE)


def test_answers_each_image_of_a_batch_by_output_name(engine: OnnxEngine) -> None:
    images = coloured_chips((51, 0, 128), (255, 0, 0)).astype(np.float32)
    outputs = engine.run(images)
    assert outputs["age_output"] == pytest.approx(np.array([[20], [100]]), abs=1e-3)
    assert outputs["gender_output"] == pytest.approx(np.array([[0.5], [0.0003]]), abs=1e-3)


def test_says_what_runs_it(engine: OnnxEngine) -> None:
    assert engine.name == "ONNX Runtime"
    assert engine.device == "CPU"


@pytest.mark.parametrize("place", ["beside", "above", "working folder"])
def test_a_model_with_weights_in_another_file_is_refused(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies in another file is not part of what was checked, wherever it is."""
    folders = {
        "beside": tmp_path / "model",
        "above": tmp_path,
        "working folder": tmp_path / "elsewhere",
    }
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / "elsewhere")
    (folders[place] / "weights.bin").write_bytes(np.zeros(3, np.float32).tobytes())
    write_onnx_model(tmp_path / "model" / ONNX_FILE)
    model = onnx.load(tmp_path / "model" / ONNX_FILE)
    weights = model.graph.initializer[0]
    location = "../weights.bin" if place == "above" else "weights.bin"
    onnx.external_data_helper.set_external_data(weights, location, offset=0, length=12)
    weights.ClearField("raw_data")
    (tmp_path / "model" / ONNX_FILE).write_bytes(model.SerializeToString())
    with pytest.raises(ModelError, match=r"cannot be loaded.*(xternal data|file size)"):
        OnnxEngine(tmp_path / "model" / ONNX_FILE)


def test_a_file_that_is_no_model_is_a_sentence_and_nothing_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ONNX_FILE).write_bytes(b"not a model")
    with pytest.raises(ModelError, match="cannot be loaded"):
        OnnxEngine(tmp_path / ONNX_FILE)
    assert capfd.readouterr().out == ""


def test_a_model_that_fails_when_it_runs_prints_nothing(
    engine: OnnxEngine, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ModelError, match="cannot run"):
        engine.run(np.zeros((1, 5, 5, 3), np.float32))
    assert capfd.readouterr().out == ""


def test_the_file_is_not_kept_in_memory_beside_the_model(engine: OnnxEngine) -> None:
    holders = [name for name, value in vars(engine._session).items() if type(value) is bytes]
    assert holders == []


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        OnnxEngine(tmp_path / "gone.onnx")


def test_images_of_another_size_are_a_sentence(engine: OnnxEngine) -> None:
    with pytest.raises(ModelError, match="cannot run"):
        engine.run(np.zeros((1, INPUT_SIZE_PX + 1, INPUT_SIZE_PX, 3), np.float32))


def test_a_gpu_that_fails_gives_way_to_the_cpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(
        "onnxruntime.get_available_providers",
        lambda: ["DmlExecutionProvider", "CPUExecutionProvider"],
    )
    real_session = __import__("onnxruntime").InferenceSession

    def session_without_gpu(
        model: bytes, options: object, providers: list[str], enable_fallback: int
    ) -> object:
        if "DmlExecutionProvider" in providers:
            raise RuntimeError("no DirectX 12 device")
        return real_session(model, options, providers=providers, enable_fallback=enable_fallback)

    monkeypatch.setattr("onnxruntime.InferenceSession", session_without_gpu)
    write_onnx_model(tmp_path / ONNX_FILE)
    assert OnnxEngine(tmp_path / ONNX_FILE).device == "CPU"
    assert "DmlExecutionProvider could not load" in caplog.text


def test_a_batch_takes_one_thread_where_there_are_two_processors(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []

    class CountingEngine(OnnxEngine):
        def __init__(self, path: Path, thread_count: int) -> None:
            counts.append(thread_count)
            super().__init__(path, thread_count)

    monkeypatch.setattr("core.estimation.onnx_engine.OnnxEngine", CountingEngine)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    settings = Settings(engine=EngineChoice.ONNX)
    for make in (make_predictor, make_batch_predictor):
        make(None, settings).close()
    assert counts == [2, 1]


def test_a_closed_engine_says_so(engine: OnnxEngine) -> None:
    engine.close()
    engine.close()
    with pytest.raises(ModelError, match="closed"):
        engine.run(coloured_chips((0, 0, 0)).astype(np.float32))


def test_running_a_model_leaves_no_file_in_the_users_folders(tmp_path: Path) -> None:
    write_onnx_model(tmp_path / ONNX_FILE)
    home = tmp_path / "home"
    home.mkdir()
    code = (
        "import sys; from pathlib import Path; "
        "from core.estimation.onnx_engine import OnnxEngine; OnnxEngine(Path(sys.argv[1]))"
    )
    # Without CI: where that is set, ONNX Runtime keeps still of its own accord.
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run(
        [sys.executable, "-B", "-c", code, tmp_path / ONNX_FILE], env=environment, check=True
    )
    assert list(home.rglob("*")) == []
