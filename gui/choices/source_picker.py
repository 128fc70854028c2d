"""The menu of sources: the cameras by name, files, folders, the sample."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from gui.background import BackgroundCall
from gui.core_parts import CoreParts
from gui.icons import Icons
from gui.language.translation import translate
from gui.window.actions import Actions

if TYPE_CHECKING:
    from core.sources.camera_list import CameraInfo


class CameraMenu(QMenu):
    """The cameras that are plugged in; looked for each time the menu opens.

    Signals:
        camera_chosen: the source word of a camera, and its name.
        filled: the menu lists what was found.
    """

    camera_chosen = Signal(str, str)
    filled = Signal()

    def __init__(self, parts: CoreParts, icons: Icons, parent: QWidget) -> None:
        super().__init__(self.tr("&Camera"), parent)
        self._icons = icons
        icons.put("camera", self.menuAction())
        self._search = BackgroundCall(parts.list_cameras, self)
        self._search.done.connect(self._fill)
        self.aboutToShow.connect(self._search.start)
        self._say(self.tr("Looking for cameras…"))

    def join(self) -> None:
        """Wait for a search that is still going on."""
        self._search.join()

    def _fill(self, cameras: "tuple[CameraInfo, ...]") -> None:
        self.clear()
        for camera in cameras:
            action = self.addAction(camera.name.replace("&", "&&"))
            self._icons.put("camera", action)
            word = f"camera:{camera.index}"
            action.triggered.connect(
                lambda _checked=False, word=word, name=camera.name: self.camera_chosen.emit(
                    word, name
                )
            )
        if not cameras:
            self._say(self.tr("No camera was found. Is it plugged in?"))
        self.filled.emit()

    def _say(self, text: str) -> None:
        self.addAction(text).setEnabled(False)


def make_source_menu(actions: Actions, cameras: CameraMenu, parent: QWidget) -> QMenu:
    """Everything that can be looked at."""
    menu = QMenu(translate("CameraMenu", "&Source"), parent)
    menu.addMenu(cameras)
    menu.addSeparator()
    menu.addActions([actions.open_files, actions.open_folder, actions.earlier_batches])
    menu.addSeparator()
    menu.addAction(actions.open_sample)
    return menu
