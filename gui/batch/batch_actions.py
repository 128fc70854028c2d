"""Everything that can be done with a batch: its menu, with words and keys.

It is made with the window, before the batch view is: nothing heavy is imported here.
"""

from collections.abc import Mapping
from itertools import chain

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.icons import Icons

NO_ACTION: Mapping[QAction, bool] = {}


class BatchActions(QObject):
    """The actions of the batch that is shown; none can be done while none is.

    Their keys work wherever the focus is in the window, unless it is in a field that takes them.
    """

    def __init__(self, window: QWidget, icons: Icons) -> None:
        super().__init__(window)
        self._window = window
        self._icons = icons
        self.menu = QMenu(self.tr("&Batch"), window)
        self.every: list[QAction] = []
        make = self._make
        self.pause = make(self.tr("&Pause"), "pause", "Ctrl+P")
        self.go_on = make(self.tr("&Go on"), "play")
        self.cancel = make(self.tr("&Cancel"), "stop")
        self.retry = make(self.tr("Look again at &failed files"), "replay")
        self.again = make(self.tr("&Label again"), "replay")
        self.compare = make(self.tr("Compare with a&nother model…"), "compare")
        self.skipped = make(self.tr("What was left &out…"), "info")
        self.find = make(self.tr("F&ind a file"), None, "Ctrl+F")
        self.correct_age = make(self.tr("Correct the &age"), None)
        self.female = make(self.tr("F&emale"), None, "F")
        self.male = make(self.tr("&Male"), None, "M")
        self.unsure = make(self.tr("Gende&r unsure"), None, "U")
        self.undo = make(self.tr("&Undo the newest change"), None, "Ctrl+Z")
        self.add_face = make(self.tr("Add a fa&ce"), "add_face", "A")
        self.redraw_box = make(self.tr("Redraw the &box"), "box", "B")
        self.remove_faces = make(self.tr("De&lete the face"), "delete", "Shift+Del")
        self.bring_back = make(self.tr("Br&ing back deleted faces"), "replay")
        self.open_photo = make(self.tr("O&pen full size"), "photo", "Ctrl+Return")
        self.show_in_folder = make(self.tr("Show in fol&der"), "folder", "Ctrl+R")
        self.copy_rows = make(self.tr("Cop&y row"), "copy", "Ctrl+C")
        self.copy_picture = make(self.tr("Copy picture wit&h faces"), "copy", "Ctrl+Shift+C")
        self.leave_out = make(self.tr("Lea&ve out…"), "close", "Del")
        self.zoom_in = make(self.tr("&Zoom into the photo"), "zoom_in", "+", "Ctrl++", "Ctrl+=")
        self.zoom_out = make(self.tr("Zoom ou&t of the photo"), "zoom_out", "-", "Ctrl+-")
        self.zoom_fit = make(self.tr("&Whole photo"), None, "Ctrl+0")
        self.rename = make(self.tr("Rena&me the batch…"), None, "F2")
        self.learn = make(self.tr("Learn from my correc&tions…"), None)
        self.export = make(self.tr("E&xport…"), "save", "Ctrl+S")
        self.close = make(self.tr("Clo&se the batch"), "close", "Ctrl+W")
        self._fill_menu()
        self.enable(is_shown=False)

    @property
    def on_rows(self) -> tuple[QAction, ...]:
        """What needs a chosen row."""
        return self.open_photo, self.show_in_folder, self.copy_rows, self.leave_out

    @property
    def on_faces(self) -> tuple[QAction, ...]:
        """What needs a chosen face."""
        return (*self._corrections, self.remove_faces)

    @property
    def on_picture(self) -> tuple[QAction, ...]:
        """What needs a photo on the screen."""
        return self.copy_picture, self.zoom_in, self.zoom_out, self.zoom_fit

    @property
    def of_rows(self) -> tuple[QAction | None, ...]:
        """What a context menu offers; None where a line parts groups."""
        looks = self.open_photo, self.show_in_folder
        copies = self.copy_rows, self.copy_picture
        groups = self._corrections, self._boxes, looks, copies
        return (*chain.from_iterable((*group, None) for group in groups), self.leave_out)

    @property
    def of_boxes(self) -> tuple[QAction, ...]:
        """What the buttons beside a photo offer."""
        return self.add_face, self.redraw_box, self.remove_faces

    @property
    def _corrections(self) -> tuple[QAction, ...]:
        return self.correct_age, self.female, self.male, self.unsure

    @property
    def _boxes(self) -> tuple[QAction, ...]:
        return (*self.of_boxes, self.bring_back)

    def _fill_menu(self) -> None:
        """Groups in menus of their own: all in one would be higher than small screens."""
        menu = self.menu
        menu.addActions([self.pause, self.go_on, self.cancel, self.retry, self.again])
        menu.addActions([self.compare, self.skipped])
        menu.addSeparator()
        menu.addAction(self.find)
        looks = self.open_photo, self.show_in_folder, self.copy_rows, self.copy_picture
        for title, group in (
            (self.tr("Co&rrections"), (*self._corrections, self.undo)),
            (self.tr("&Boxes"), self._boxes),
            (self.tr("Ro&ws"), (*looks, self.leave_out)),
            (self.tr("P&hoto"), (self.zoom_in, self.zoom_out, self.zoom_fit)),
        ):
            menu.addMenu(title).addActions(group)
        menu.addSeparator()
        menu.addActions([self.rename, self.learn, self.export, self.close])

    def enable(self, *, is_shown: bool, offered: Mapping[QAction, bool] = NO_ACTION) -> None:
        """Let be done what can be done now.

        Args:
            is_shown: whether the window shows a batch.
            offered: whether an action can do something; those that always can may be left out.
        """
        for action in self.every:
            action.setEnabled(is_shown and offered.get(action, True))

    def set_paused(self, is_paused: bool) -> None:
        """Let the pause action say what it would do, which the other one cannot do now."""
        self.go_on.setVisible(not is_paused)
        self.pause.setText(self.tr("Go &on") if is_paused else self.tr("&Pause"))
        self._icons.put("play" if is_paused else "pause", self.pause)

    def _make(self, text: str, icon: str | None, *keys: str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(each) for each in keys])
        if icon is not None:
            self._icons.put(icon, action)
        self.every.append(action)
        return action
