"""What the window shows before there is a picture: what to do, and buttons that do it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.sources.file_check import display_name
from core.text import one_line
from gui.icons import Icons, draw_sharp
from gui.plain_tip import plain_tip
from gui.theme import Theme
from gui.window.actions import Actions

if TYPE_CHECKING:
    from core.batch.record import Job

ILLUSTRATION_WIDTH_PX = 256
LINKS_WIDTH_PX, MIN_LINK_PX = 440, 120
"""What the names of recent files or batches have together, and each one at least."""

HEIGHT_FOR_ILLUSTRATION_PX = 500


class EmptyView(QWidget):
    """Invites to drop something, to choose a camera or to try the sample.

    Args:
        camera_menu: the cameras by name.

    Signals:
        recent_chosen: the path of a photo or a video that was opened before.
        batch_chosen: a Job that is kept.
        forget_wanted: the user wants no such list.
    """

    recent_chosen = Signal(str)
    batch_chosen = Signal(object)
    forget_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, actions: Actions, camera_menu: QMenu) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._illustration = QLabel()
        self._illustration.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.changed.connect(self._draw_illustration)
        self._draw_illustration()
        self.sample_button = _make_button(
            self.tr("Try the sample"), actions.open_sample, is_primary=True
        )
        self.camera_button = QPushButton(" " + self.tr("Use a camera"))
        self.camera_button.setIconSize(QSize(20, 20))
        self.camera_button.setMenu(camera_menu)
        self.files_button = _make_button(self.tr("Open photo or video…"), actions.open_files)
        self.folder_button = _make_button(self.tr("Open folder…"), actions.open_folder)
        icons.put("play", self.sample_button, "accent_text")
        icons.put("camera", self.camera_button)
        icons.put("photo", self.files_button)
        icons.put("folder", self.folder_button)
        lock = QLabel()
        icons.put("lock", lock, "muted_text")
        self.recent_row = QFrame()
        self._recent_layout = QHBoxLayout(self.recent_row)
        self._recent_layout.setContentsMargins(0, 0, 0, 0)
        self.recent_row.hide()
        self.batch_row = QFrame()
        self._batch_layout = QHBoxLayout(self.batch_row)
        self._batch_layout.setContentsMargins(0, 0, 0, 0)
        self.batch_row.hide()
        self._lay_out(lock)

    def show_recent(self, words: Sequence[str]) -> None:
        """Offer what was opened before; nothing where there is none."""
        _clear(self._recent_layout)
        self._recent_layout.addWidget(_make_text("muted", self.tr("Again:")))
        for word in words:
            self._recent_layout.addWidget(self._recent_button(word, len(words)))
        forget = QToolButton()
        self._icons.put("close", forget)
        forget.setToolTip(self.tr("Forget these"))
        forget.setAccessibleName(forget.toolTip())
        forget.clicked.connect(self.forget_wanted)
        self._recent_layout.addWidget(forget)
        self.recent_row.setVisible(bool(words))

    def show_batches(self, jobs: "Sequence[Job]") -> None:
        """Offer the newest batches; nothing where there is none."""
        _clear(self._batch_layout)
        self._batch_layout.addWidget(_make_text("muted", self.tr("Batches:")))
        for job in jobs:
            title = one_line(job.title)
            button = self._link(title, "\n".join(str(root) for root in job.roots), len(jobs))
            button.setAccessibleName(self.tr("Open the batch {name}").format(name=title))
            button.clicked.connect(partial(self.batch_chosen.emit, job))
            self._batch_layout.addWidget(button)
        self.batch_row.setVisible(bool(jobs))

    def _recent_button(self, word: str, count: int) -> QPushButton:
        name = display_name(Path(word))
        button = self._link(name, word, count)
        button.setAccessibleName(self.tr("Open {name} again").format(name=name))
        button.clicked.connect(lambda: self.recent_chosen.emit(word))
        return button

    def _link(self, name: str, tip: str, count: int) -> QPushButton:
        """One of so many in a row, which share its width."""
        mode = Qt.TextElideMode.ElideMiddle
        width_px = max(MIN_LINK_PX, LINKS_WIDTH_PX // count)
        short = self.fontMetrics().elidedText(name, mode, width_px)
        button = QPushButton(short.replace("&", "&&"))
        button.setObjectName("link")
        button.setToolTip(plain_tip(tip))
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._illustration.setVisible(event.size().height() >= HEIGHT_FOR_ILLUSTRATION_PX)

    def _lay_out(self, lock: QLabel) -> None:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(48, 32, 48, 32)
        column.setSpacing(8)
        column.addWidget(self._illustration)
        column.addSpacing(16)
        column.addWidget(_make_text("heading", self.tr("Drop a photo, a video or a folder here")))
        column.addWidget(
            _make_text(
                "muted", self.tr("Visage finds every face and estimates its age and gender.")
            )
        )
        column.addSpacing(16)
        column.addLayout(self._button_grid())
        column.addWidget(self.recent_row, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.batch_row, 0, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(8)
        promise = QLabel(self.tr("Nothing leaves this computer."))
        promise.setObjectName("muted")
        column.addLayout(_row(lock, promise))
        grid = QVBoxLayout(self)
        grid.setContentsMargins(24, 24, 24, 24)
        grid.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def _button_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        buttons = (self.sample_button, self.camera_button, self.files_button, self.folder_button)
        for place, button in enumerate(buttons):
            grid.addWidget(button, *divmod(place, 2))
        return grid

    def _draw_illustration(self) -> None:
        tint = self._theme.colours.text
        self._illustration.setPixmap(
            draw_sharp("illustration", ILLUSTRATION_WIDTH_PX, tint, self._illustration)
        )


def _clear(row: QHBoxLayout) -> None:
    while (item := row.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()


def _make_button(text: str, action: QAction, *, is_primary: bool = False) -> QPushButton:
    button = QPushButton(f" {text}")
    button.setIconSize(QSize(20, 20))
    button.clicked.connect(action.trigger)
    if is_primary:
        button.setObjectName("primary")
    return button


def _make_text(name: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
