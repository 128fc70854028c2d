import importlib.util
import os
import re
import shutil
from pathlib import Path

import pytest

from core import paths
from core.commands import self_check
from core.errors import VisageError
from core.estimation.model_card import CARD_FILE, KERAS_FILE, ONNX_FILE
from core.estimation.model_folder import find_model
from core.recording.video_recording import VideoRecording
from tests.model_folders import make_model_folder, sign_folder


@pytest.fixture(autouse=True)
def window(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that opens at once, where a test does not want the real one."""
    timings = {"window_ms": 400.0, "first_overlay_ms": 1200.0}
    monkeypatch.setattr(self_check, "measure_window", lambda off_screen: timings)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_every_check_is_a_line_and_all_pass(
    model_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_check, "PLAUSIBLE_AGES_YEARS", (0, 120))  # the model is a toy
    assert self_check.run() == 0
    resources, models, model, clip, recording, job, window, folder, hub = lines(capsys)
    assert resources.startswith("ok    resources: ")
    assert models == "ok    models: tiny"
    assert model.startswith("ok    model tiny on onnx: ")
    assert model.endswith("on CPU")
    assert clip == "ok    clip: 2 faces labelled in 90 frames"
    assert re.fullmatch("ok    recording: 30 frames in VP[89]", recording)
    assert job == "ok    job: 2 faces stored and read again"
    assert window == "ok    window: open after 400 ms, a face after 1200 ms"
    assert folder.startswith("ok    user's folder: own models in ")
    assert re.fullmatch(r"ok    Hub: huggingface_hub \S+ with OpenSSL .+, not asked", hub)


def test_a_model_that_labels_adults_as_newborn_fails(
    model_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_check, "PLAUSIBLE_AGES_YEARS", (150, 200))
    assert self_check.run() == 1
    assert "FAIL  model tiny on onnx: an adult of the sample is labelled" in "\n".join(
        lines(capsys)
    )


def test_a_recording_that_lacks_a_frame_fails(
    model_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VideoRecording, "write", lambda *_: None)
    assert self_check.run() == 1
    assert "FAIL  recording: " in "\n".join(lines(capsys))


def test_a_detector_that_misses_a_face_fails(
    model_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_check, "SAMPLE_FACE_COUNT", 3)
    assert self_check.run() == 1
    told = lines(capsys)
    assert "FAIL  model tiny on onnx: 2 faces found on the sample, not 3" in told
    assert "FAIL  clip: 2 faces labelled in the clip, not 3" in told
    assert "FAIL  job: 1 photos with 2 faces were stored" in told


@pytest.mark.parametrize("tensorflow", [None, "installed"])
def test_keras_is_checked_where_tensorflow_is_installed(
    model_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tensorflow: str | None,
) -> None:
    (model_folder / KERAS_FILE).write_bytes(b"a Keras model")
    sign_folder(model_folder, find_model().card)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: tensorflow)
    monkeypatch.setattr(self_check, "check_model", lambda name, engine: "plausible")
    assert self_check.run() == 0
    is_checked = "ok    model tiny on keras: plausible" in lines(capsys)
    assert is_checked is (tensorflow is not None)


def test_no_model_fails(models_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert self_check.run() == 1
    assert "FAIL  models: no model is installed" in lines(capsys)


def test_a_tampered_model_fails(model_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (model_folder / ONNX_FILE).write_bytes(b"something else")
    assert self_check.run() == 1
    told = lines(capsys)
    for check in ("models", "model tiny on onnx", "clip", "job"):
        line = next(line for line in told if line.startswith(f"FAIL  {check}: "))
        assert "damaged or was changed" in line


def test_a_broken_card_fails(
    model_folder: Path, models_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_model_folder(models_root, "other")
    (models_root / "other" / CARD_FILE).write_text("{")
    assert self_check.run() == 1
    assert any(line.startswith("FAIL  models: The card") for line in lines(capsys))


def test_a_missing_resource_fails(
    model_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "sample_clip", lambda: Path("gone.mp4"))
    assert self_check.run() == 1
    assert "FAIL  resources: missing: gone.mp4" in lines(capsys)


def test_a_damaged_icon_fails(
    model_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resources = Path(shutil.copytree(paths.resources_dir(), tmp_path / "resources"))
    (resources / "icons" / "visage.svg").write_text("<svg")
    monkeypatch.setattr(paths, "resources_dir", lambda: resources)
    assert self_check.run() == 1
    assert any(line.startswith("FAIL  resources: ParseError") for line in lines(capsys))


@pytest.mark.skipif(os.name == "nt" or not os.getuid(), reason="root may write anywhere")
def test_a_folder_of_the_user_that_cannot_be_written_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    with pytest.raises(VisageError, match="cannot be written"):
        self_check.check_user_folder()


def test_a_keras_file_that_was_left_out_is_missed_only_where_it_would_be_used(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (model_folder / KERAS_FILE).write_bytes(b"a Keras model")
    sign_folder(model_folder, find_model().card)
    (model_folder / KERAS_FILE).unlink()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert self_check.check_model_folders() == "tiny"
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: "installed")
    with pytest.raises(VisageError, match=f"{KERAS_FILE} is missing"):
        self_check.check_model_folders()


def test_a_window_that_does_not_open_fails_and_a_bug_is_logged(
    model_folder: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def closed(*, off_screen: bool) -> dict[str, float]:
        assert off_screen
        raise VisageError("The window closed.")

    def broken(model_name: str, engine: str) -> str:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(self_check, "measure_window", closed)
    monkeypatch.setattr(self_check, "check_model", broken)
    assert self_check.run() == 1
    told = lines(capsys)
    assert "FAIL  model tiny on onnx: ZeroDivisionError: boom" in told
    assert "FAIL  window: The window closed." in told
    assert caplog.records[-1].exc_info is not None


def test_a_space_which_has_no_window_is_not_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for installed, has_window in (
        ({"gradio"}, False),
        ({"gradio", "PySide6"}, True),
        ({"PySide6"}, True),
        (set(), True),  # broken: the check says so
    ):
        monkeypatch.setattr(
            importlib.util, "find_spec", lambda name, there=installed: name in there or None
        )
        assert ("window" in [name for name, _ in self_check._checks()]) == has_window
