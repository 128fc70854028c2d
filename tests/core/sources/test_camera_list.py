"""The cameras of this computer."""

import logging
from types import SimpleNamespace

import pytest

from core.sources import camera_list
from core.sources.camera_list import CameraInfo, list_cameras


def test_cameras_are_listed_by_rising_number(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [SimpleNamespace(index=2, name="Face Cam"), SimpleNamespace(index=0, name=None)]
    monkeypatch.setattr(camera_list, "enumerate_cameras", lambda _backend: found)
    assert list_cameras() == (CameraInfo(0, "Camera 0"), CameraInfo(2, "Face Cam"))


def test_a_system_that_does_not_say_has_no_cameras(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_backend: int) -> None:
        raise OSError("no")

    monkeypatch.setattr(camera_list, "enumerate_cameras", refuse)
    with caplog.at_level(logging.WARNING):
        assert list_cameras() == ()
    assert "Cameras could not be listed: no" in caplog.text
