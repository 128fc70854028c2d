from pathlib import Path

import pytest

from core.settings import CameraResolution, DetectionRange, EngineChoice, Settings
from gui.preferences import Preferences


def test_choices_are_remembered() -> None:
    first = Preferences()
    first.settings = Settings(
        engine=EngineChoice.ONNX,
        detection_range=DetectionRange.FAR,
        camera_resolution=CameraResolution.FULL_HD,
    )
    first.model = "visage"
    first.is_blurred = True
    first.folder = Path("/photos/año")
    first.set_mirrored("camera", False)
    again = Preferences()
    assert again.settings == first.settings
    assert (again.model, again.is_blurred, again.folder) == ("visage", True, Path("/photos/año"))
    assert not again.is_mirrored("camera")


def test_a_camera_is_a_mirror_until_told_otherwise_and_a_photo_is_not() -> None:
    assert Preferences().is_mirrored("camera")
    assert not Preferences().is_mirrored("photo")


def test_a_value_that_makes_no_sense_counts_as_not_set() -> None:
    preferences = Preferences()
    preferences._store.setValue("engine", "steam")
    preferences._store.setValue("geometry", 7)
    assert preferences.settings == Settings()
    assert preferences.geometry.isEmpty()


@pytest.mark.parametrize("name", [None, ""])
def test_no_model_is_the_default_model(name: str | None) -> None:
    preferences = Preferences()
    preferences.model = name
    assert Preferences().model is None


def test_an_engine_named_at_the_start_holds_until_another_is_chosen() -> None:
    preferences = Preferences(EngineChoice.KERAS)
    assert preferences.settings.engine is EngineChoice.KERAS
    preferences.settings = Settings(engine=EngineChoice.ONNX)
    assert preferences.settings.engine is EngineChoice.ONNX


def test_a_model_named_at_the_start_is_not_remembered() -> None:
    Preferences().model = "chosen"
    assert Preferences(model="named").model == "named"
    assert Preferences().model == "chosen"


def test_an_engine_named_at_the_start_is_not_remembered_with_other_settings() -> None:
    preferences = Preferences(EngineChoice.KERAS)
    preferences.settings = Settings(
        engine=EngineChoice.KERAS, camera_resolution=CameraResolution.SMALL
    )
    assert Preferences().settings == Settings(camera_resolution=CameraResolution.SMALL)
