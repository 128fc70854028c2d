import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, current_thread, main_thread

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from core.batch.file_stamp import file_stamp
from core.batch.record import PhotoFacts, PhotoState
from core.errors import PhotoError
from core.sources.photo import Photo
from core.types import Box
from gui.batch.grid.thumbnails import MAX_WAITING, ThumbnailCache, face_square
from gui.core_parts import CoreParts
from tests.core.batch.builders import write_photo
from tests.fakes import make_image


def facts(name: str, mtime_ns: int = 0) -> PhotoFacts:
    return PhotoFacts(1, Path(name), PhotoState.DONE, mtime_ns=mtime_ns)


class Album:
    """Loads photos that are red but for a blue face at (400, 200), and notes what it loads."""

    def __init__(self) -> None:
        self.loaded: list[str] = []
        self.may_load = Event()
        self.may_load.set()

    def load(self, photo: PhotoFacts, max_side_px: int) -> Photo:
        assert current_thread() is not main_thread()
        self.loaded.append(photo.path.name)
        assert self.may_load.wait(10)
        if photo.path.name == "broken":
            raise PhotoError("broken")
        if photo.path.name == "bug":
            raise ZeroDivisionError
        image = make_image((255, 0, 0), (800, 600))
        image[180:280, 380:480] = np.array((0, 0, 255), np.uint8)
        return Photo(image, 2.0, 1600, 1200)


FACE = Box(800, 400, 900, 500)


@pytest.fixture
def album() -> Album:
    return Album()


@pytest.fixture
def make_cache(album: Album) -> Iterator[Callable[[int], ThumbnailCache]]:
    caches: list[ThumbnailCache] = []

    def make(max_pictures: int = 10) -> ThumbnailCache:
        caches.append(ThumbnailCache(album.load, max_pictures=max_pictures))
        return caches[-1]

    yield make
    album.may_load.set()
    for cache in caches:
        cache.close()


def wait_for(cache: ThumbnailCache, name: str, box: Box | None, qtbot: QtBot) -> QImage:
    def picture() -> QImage | None:
        return cache.picture(name, facts(name), box, 40)

    qtbot.waitUntil(lambda: picture() is not None)
    found = picture()
    assert found is not None
    return found


def test_a_photo_and_a_face_in_it(
    make_cache: Callable[[int], ThumbnailCache], qtbot: QtBot
) -> None:
    cache = make_cache(10)
    photo = wait_for(cache, "a", None, qtbot)
    assert (photo.width(), photo.height()) == (40, 30)
    assert photo.pixelColor(1, 1) == QColor(255, 0, 0)
    face = wait_for(cache, "a", FACE, qtbot)
    assert (face.width(), face.height()) == (40, 40)
    assert face.pixelColor(20, 20) == QColor(0, 0, 255)


def test_a_face_at_the_border_has_no_black_beside_it(
    make_cache: Callable[[int], ThumbnailCache], qtbot: QtBot
) -> None:
    face = wait_for(make_cache(10), "a", Box(1500, 0, 1600, 100), qtbot)
    assert face.pixelColor(face.width() - 1, 0) == QColor(255, 0, 0)


def test_the_faces_of_a_photo_are_cut_from_one_decoding(
    make_cache: Callable[[int], ThumbnailCache], album: Album, qtbot: QtBot
) -> None:
    album.may_load.clear()
    cache = make_cache(10)
    assert cache.picture("x", facts("x"), None, 40) is None
    qtbot.waitUntil(lambda: album.loaded == ["x"])
    for number in range(3):
        cache.picture("a", facts("a"), FACE.moved(number, 0), 40)
    album.may_load.set()
    for number in range(3):
        wait_for(cache, "a", FACE.moved(number, 0), qtbot)
    assert album.loaded == ["x", "a"]


def test_a_photo_that_cannot_be_read_has_a_null_picture(
    make_cache: Callable[[int], ThumbnailCache], qtbot: QtBot
) -> None:
    assert wait_for(make_cache(10), "broken", None, qtbot).isNull()


def test_after_a_bug_with_one_photo_others_have_pictures(
    make_cache: Callable[[int], ThumbnailCache], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)
    cache = make_cache(10)
    assert wait_for(cache, "bug", None, qtbot).isNull()
    assert not wait_for(cache, "a", None, qtbot).isNull()
    assert [report.exc_type for report in reported] == [ZeroDivisionError]


def test_a_photo_that_was_labelled_again_has_a_new_picture(
    make_cache: Callable[[int], ThumbnailCache], album: Album, qtbot: QtBot
) -> None:
    cache = make_cache(10)
    wait_for(cache, "a", None, qtbot)
    assert cache.picture("a", facts("a", mtime_ns=5), None, 40) is None
    qtbot.waitUntil(lambda: album.loaded == ["a", "a"])


def test_a_photo_that_was_changed_since_is_not_shown_with_the_old_faces(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    write_photo(path, (255, 0, 0))
    size_bytes, mtime_ns = file_stamp(path.stat())
    labelled = PhotoFacts(1, path, PhotoState.DONE, size_bytes=size_bytes, mtime_ns=mtime_ns)
    load = CoreParts().load_photo
    assert load(labelled, 100).width_px == 64
    write_photo(path, (0, 255, 0), (32, 48))
    with pytest.raises(PhotoError, match="changed since"):
        load(labelled, 100)


def test_the_oldest_pictures_are_forgotten(
    make_cache: Callable[[int], ThumbnailCache], album: Album, qtbot: QtBot
) -> None:
    cache = make_cache(2)
    for name in ("a", "b", "c"):
        wait_for(cache, name, None, qtbot)
    assert cache.picture("c", facts("c"), None, 40) is not None
    assert cache.picture("a", facts("a"), None, 40) is None


def test_wishes_that_were_scrolled_past_are_dropped(
    make_cache: Callable[[int], ThumbnailCache], album: Album, qtbot: QtBot
) -> None:
    album.may_load.clear()
    cache = make_cache(MAX_WAITING * 3)
    cache.picture("first", facts("first"), None, 40)
    qtbot.waitUntil(lambda: album.loaded == ["first"])
    for number in range(MAX_WAITING + 50):
        cache.picture(number, facts(str(number)), None, 40)
    with qtbot.waitSignals([cache.ready] * (MAX_WAITING + 1), timeout=10_000):
        album.may_load.set()
    assert album.loaded[1] == str(MAX_WAITING + 49), "the newest wish comes first"
    assert "49" not in album.loaded


def test_the_square_around_a_face_has_room() -> None:
    square = face_square(FACE, 2.0)
    assert (square.width(), square.height()) == (80, 80)
    assert (square.center().x(), square.center().y()) == (424, 224)
