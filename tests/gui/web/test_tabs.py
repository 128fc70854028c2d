import shutil
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest

from core import paths
from core.api import Visage
from core.commands.command_line import Share, parse_arguments
from core.errors import ModelError, VisageError
from gui.web import live, photos, server, videos
from gui.web.live import LiveViews
from gui.web.photos import SharedLabeller
from gui.web.words import ENGLISH, LANGUAGES
from tests.live_fakes import FakePipeline

MODEL = "visage"


@pytest.fixture
def labeller() -> Iterator[SharedLabeller]:
    opened = SharedLabeller()
    yield opened
    opened.close()


def uploaded(folder: Path, *contents: bytes) -> list[Path]:
    """Each in a folder of its own, as they come."""
    files = [folder / str(number) / f"photo{number}.jpg" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.parent.mkdir()
        file.write_bytes(content)
    return files


def test_photos_are_answered_as_from_python_and_removed(
    labeller: SharedLabeller, tmp_path: Path
) -> None:
    sample = paths.sample_photo().read_bytes()
    files = uploaded(tmp_path, sample, b"no picture")
    told = photos.label_files(labeller, files, MODEL, False, ENGLISH)
    with Visage(MODEL) as visage:
        ages = [
            face.estimate.age_years
            for face in visage.photo(paths.sample_photo()).faces
            if face.estimate is not None and face.estimate.age_years is not None
        ]
    assert all(f"<td>{age:.0f}</td>" in told for age in ages)
    assert "photo1.jpg is not a photo" in told or "photo1.jpg:" in told
    assert list(tmp_path.iterdir()) == []


def test_a_video_among_photos_is_told_where_videos_go(
    labeller: SharedLabeller, tmp_path: Path
) -> None:
    (file,) = uploaded(tmp_path, b"")
    video = file.with_name("clip.mp4")
    shutil.copy(paths.sample_clip(), video)
    told = photos.label_files(labeller, [video], MODEL, False, LANGUAGES["fr"])
    assert "clip.mp4 est une vidéo, non une photo" in told
    assert "Les vidéos ont leur propre onglet." in told


def test_why_no_face_is_found_stands_beside_it_in_one_line(labeller: SharedLabeller) -> None:
    pixel = np.full((1, 1, 3), 255, np.uint8)
    told = photos.label_pixels(labeller, pixel, MODEL, False, ENGLISH)
    reason = "It is too small to see a face in: 1 px on its shorter side."
    assert f"<p>pasted picture: No face was found. {reason}" in told
    assert told.count("<p>") == 1


def test_of_very_many_photos_the_first_are_looked_at_and_all_removed(
    labeller: SharedLabeller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "MAX_PHOTOS", 1)
    files = uploaded(tmp_path, paths.sample_photo().read_bytes(), b"never read")
    told = photos.label_files(labeller, files, MODEL, False, ENGLISH)
    assert "Only the first 1 photos" in told
    assert "photo1.jpg" not in told
    assert list(tmp_path.iterdir()) == []


def test_a_bug_is_a_sentence_and_the_upload_is_removed(
    labeller: SharedLabeller,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(labeller, "label", _broken)
    monkeypatch.setattr(live, "make_pipeline", _broken)
    (file,) = uploaded(tmp_path, b"x")
    image = np.zeros((48, 64, 3), np.uint8)
    for told in (
        photos.label_files(labeller, [file], MODEL, False, ENGLISH),
        photos.label_pixels(labeller, image, MODEL, False, ENGLISH),
        LiveViews().look("one", image, MODEL, ENGLISH),
    ):
        assert told == f"<p>{ENGLISH['fault']}</p>"
    assert not file.exists()
    assert caplog.text.count("A bug met what the page was sent") == 3
    caplog.clear()


def _broken(*_words: object) -> None:
    raise RuntimeError


def test_a_model_that_is_gone_is_a_sentence(labeller: SharedLabeller, tmp_path: Path) -> None:
    (file,) = uploaded(tmp_path, paths.sample_photo().read_bytes())
    assert "no model called gone" in photos.label_files(labeller, [file], "gone", False, ENGLISH)
    views = LiveViews()
    told = views.look("one", np.zeros((48, 64, 3), np.uint8), "gone", ENGLISH)
    assert "no model called gone" in told


def test_a_camera_that_goes_and_the_oldest_of_too_many_are_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[FakePipeline] = []

    def make(_kind: object, model: str, _settings: object) -> FakePipeline:
        made.append(FakePipeline(model=model))
        return made[-1]

    monkeypatch.setattr(live, "make_pipeline", make)
    monkeypatch.setattr(live, "MAX_VIEWS", 2)
    views, image = LiveViews(), np.zeros((240, 320, 3), np.uint8)
    for session in ("one", "two", "one", "three"):
        assert "<img" in views.look(session, image, "first", ENGLISH)
    assert [pipeline.is_closed for pipeline in made] == [False, True, False]
    views.look("one", image, "second", ENGLISH)
    assert [pipeline.is_closed for pipeline in made] == [True, True, False, False]
    assert [len(pipeline.processed) for pipeline in made] == [2, 1, 1, 1]
    views.close("one")
    assert [pipeline.is_closed for pipeline in made] == [True, True, False, True]
    views.close_all()
    assert all(pipeline.is_closed for pipeline in made)


def test_pictures_of_one_camera_that_come_at_once_share_its_tracks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[FakePipeline] = []

    def make(_kind: object, model: str, _settings: object) -> FakePipeline:
        time.sleep(0.05)  # as long as a model takes
        made.append(FakePipeline(model=model))
        return made[-1]

    monkeypatch.setattr(live, "make_pipeline", make)
    views, image = LiveViews(), np.zeros((240, 320, 3), np.uint8)
    with ThreadPoolExecutor(4) as at_once:
        looks = [at_once.submit(views.look, "one", image, MODEL, ENGLISH) for _ in range(4)]
    assert all("<img" in look.result() for look in looks)
    assert [len(pipeline.processed) for pipeline in made] == [4]
    views.close_all()


def test_a_picture_that_comes_after_its_page_went_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "make_pipeline", lambda *_told: FakePipeline(model=MODEL))
    view = live.LiveView(MODEL)
    view.close()
    assert view.look(np.zeros((240, 320, 3), np.uint8), ENGLISH) == ""


def test_a_video_is_written_with_its_faces_and_the_upload_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(videos, "MAX_S", 0.5)
    video, target = tmp_path / "sent" / "clip.mp4", tmp_path / "faces.webm"
    video.parent.mkdir()
    shutil.copy(paths.sample_clip(), video)
    shares: list[float] = []
    told = videos.label_video(video, MODEL, target, ENGLISH, shares.append)
    assert "Only the first 0 seconds" in told
    assert told.count("<tr>") == 3
    assert shares == sorted(shares)
    assert shares[-1] <= 1
    assert not video.parent.exists()
    written = cv2.VideoCapture(str(target))
    assert written.get(cv2.CAP_PROP_FRAME_WIDTH) > 0
    assert written.read()[0]
    written.release()


def test_what_is_no_video_is_a_sentence(tmp_path: Path) -> None:
    video = tmp_path / "sent" / "clip.mp4"
    video.parent.mkdir()
    video.write_bytes(b"no video")
    told = videos.label_video(video, MODEL, tmp_path / "faces.webm", ENGLISH, lambda _share: None)
    assert "clip.mp4 is not a video" in told
    assert list(tmp_path.iterdir()) == []


def test_without_its_model_there_is_a_sentence_instead_of_a_page(models_root: Path) -> None:
    with pytest.raises(ModelError, match="No model is installed"):
        server.serve(7860, Share.NEVER, "tiny")


def test_a_taken_port_is_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(VisageError, match=f"Port {port} cannot be used"):
            server.serve(port, Share.NEVER)


def test_the_page_is_shared_with_nobody_unless_it_is_told_otherwise(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert parse_arguments(["web"]).share is Share.NEVER
    assert parse_arguments(["web", "--share", "network", "--port", "8000"]).port == 8000
    refused: list[Callable[[], object]] = [
        lambda: parse_arguments(["web", "--share", "everybody"]),
        lambda: parse_arguments(["web", "--port", "80"]),
    ]
    for parse in refused:
        with pytest.raises(SystemExit):
            parse()
    assert "must be never or network" in capsys.readouterr().err
