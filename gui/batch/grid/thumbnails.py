"""Small pictures of photos and faces, made in threads and kept while there is room."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from threading import Condition, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage

from core.batch.record import PhotoFacts
from core.errors import VisageError
from gui.picture.frame_canvas import as_picture
from gui.start.crash_dialog import report_bug

if TYPE_CHECKING:
    from core.sources.photo import Photo
    from core.types import Box

MAX_PICTURES = 600
"""Of 128 px each, 40 MB."""
MAX_WAITING = 200
FACE_MARGIN = 0.3
PHOTO_SIDE_PX = 1280
"""Photos are decoded at this size for the sake of their faces."""

LoadPhoto = Callable[[PhotoFacts, int], "Photo"]


@dataclass(frozen=True, slots=True)
class _Wish:
    key: Hashable
    photo: PhotoFacts
    box: "Box | None"
    size_px: int

    @property
    def needed(self) -> tuple[PhotoFacts, int]:
        """The photo and its longer side, in px."""
        return self.photo, self.size_px if self.box is None else PHOTO_SIDE_PX


def file_facts(photo: PhotoFacts) -> PhotoFacts:
    """What is known of the file alone: a face more makes no other picture."""
    return replace(photo, face_count=0)


class ThumbnailCache(QObject):
    """Gives pictures at once or later; the newest wishes are fulfilled first.

    Args:
        load_photo: reads a photo as it was labelled, its longer side reduced to so many px.
        max_pictures: the oldest beyond these are forgotten.

    Signals:
        ready: `picture` has one for this key now.
    """

    ready = Signal(object)
    _made = Signal(object, object)

    def __init__(
        self,
        load_photo: LoadPhoto,
        parent: QObject | None = None,
        max_pictures: int = MAX_PICTURES,
    ) -> None:
        super().__init__(parent)
        self._max_pictures = max_pictures
        self._load_photo = load_photo
        self._changed = Condition()
        self._waiting: OrderedDict[_Wish, None] = OrderedDict()
        self._pictures: OrderedDict[_Wish, QImage] = OrderedDict()
        self._at_work: _Wish | None = None
        self._is_closing = False
        self._thread: Thread | None = None
        self._made.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def picture(
        self, key: Hashable, photo: PhotoFacts, box: "Box | None", size_px: int
    ) -> QImage | None:
        """The thumbnail, at most `size_px` high and wide; None if `ready` will tell.

        A photo that cannot be read, or was changed since it was labelled, has a null picture.

        Args:
            key: what `ready` will carry: the key of a row, or the id of a face.
            box: of the face in px of the upright full-size photo; None for the whole photo.
        """
        wish = _Wish(key, file_facts(photo), box, size_px)
        picture = self._pictures.get(wish)
        if picture is None:
            self._put(wish)
        else:
            self._pictures.move_to_end(wish)
        return picture

    def close(self) -> None:
        """Drop what waits and end the thread."""
        with self._changed:
            self._is_closing = True
            self._waiting.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _put(self, wish: _Wish) -> None:
        with self._changed:
            if self._is_closing or wish == self._at_work:
                return
            self._waiting[wish] = None
            self._waiting.move_to_end(wish)
            if len(self._waiting) > MAX_WAITING:
                self._waiting.popitem(last=False)
            self._changed.notify_all()
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="thumbnails")
            self._thread.start()

    def _run(self) -> None:
        at_hand: tuple[PhotoFacts, int] | None = None
        while (wish := self._next(at_hand)) is not None:
            if wish.needed != at_hand:
                at_hand, photo = wish.needed, self._load(*wish.needed)
            self._made.emit(wish, QImage() if photo is None else make_thumbnail(photo, wish))

    def _next(self, at_hand: tuple[PhotoFacts, int] | None) -> _Wish | None:
        """The newest wish, a face of the photo at hand before others; None when closing."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._is_closing)
            if not self._waiting:
                return None
            newest = next(reversed(self._waiting))
            wish = next((one for one in self._waiting if one.needed == at_hand), newest)
            del self._waiting[wish]
            self._at_work = wish
            return wish

    def _load(self, photo: PhotoFacts, side_px: int) -> "Photo | None":
        try:
            return self._load_photo(photo, side_px)
        except VisageError:
            return None
        except Exception:
            report_bug()  # and go on: other photos have pictures
            return None

    @Slot(object, object)
    def _keep(self, wish: _Wish, picture: QImage) -> None:
        self._pictures[wish] = picture
        while len(self._pictures) > self._max_pictures:
            self._pictures.popitem(last=False)
        self.ready.emit(wish.key)


def make_thumbnail(photo: "Photo", wish: _Wish) -> QImage:
    """The photo, or the square around a face in it."""
    picture = as_picture(photo.image)
    if wish.box is not None:
        picture = picture.copy(face_square(wish.box, photo.scale) & picture.rect())
    return picture.scaled(
        wish.size_px,
        wish.size_px,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def face_square(box: "Box", scale: float) -> QRect:
    """The square around a face with some room, in px of a photo reduced by `scale`."""
    side = max(box.width, box.height) * (1 + 2 * FACE_MARGIN) / scale
    x, y = box.centre
    return QRectF(x / scale - side / 2, y / scale - side / 2, side, side).toAlignedRect()
