"""The pages of a job, one shown at a time, and the buttons that choose among them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QWidget

from core.batch.row_filter import EVERY_ROW, RowFilter
from core.batch.row_query import RowKey
from gui.batch.job_page import JobPage
from gui.keyboard import PRESS_KEYS, keep_keys


@dataclass(slots=True)
class _Place:
    """A page, and what it was told last."""

    page: JobPage
    job_id: int | None = None
    row_filter: RowFilter = EVERY_ROW
    edition: int = 0
    in_sight: list[RowKey] = field(default_factory=list)


class PageSwitch(QWidget):
    """Buttons in a row; the pages lie in `stack`.

    Only the page that is shown reads the store; another one catches up when it is chosen.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("switch")
        self.stack = QStackedWidget()
        self.buttons = QButtonGroup(self)
        self._places: list[_Place] = []
        self._job_id: int | None = None
        self._filter = EVERY_ROW
        self._edition = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.buttons.idClicked.connect(self.choose)

    def add_page(self, title: str, widget: QWidget, page: JobPage) -> None:
        """One more page with its button; `page` is what fills `widget`."""
        button = QToolButton()
        button.setText(title)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keep_keys(button, PRESS_KEYS)
        number = len(self._places)
        button.setShortcut(f"Ctrl+{number + 1}")
        button.setToolTip(f"{title} (Ctrl+{number + 1})")
        button.setChecked(number == 0)
        self.buttons.addButton(button, number)
        self._row.addWidget(button)
        self._places.append(_Place(page))
        self.stack.addWidget(widget)

    def choose(self, number: int) -> None:
        """Show another page."""
        self.buttons.button(number).setChecked(True)
        self.stack.setCurrentIndex(number)
        self._tell_shown()

    def show_job(self, job_id: int | None) -> None:
        """Show another job from now on; None for none."""
        if job_id != self._job_id:
            self._clear_hidden()
        self._job_id = job_id
        self._tell_shown()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show the rows that pass this filter from now on."""
        self._filter = row_filter
        self._tell_shown()

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Read again: rows were added or corrected.

        Args:
            in_sight: see `JobPage.refresh`.
        """
        self._edition += 1
        for place in self._places:
            place.in_sight.extend(in_sight)
        self._tell_shown()

    def _clear_hidden(self) -> None:
        """Let the pages that are not shown forget their job, and what is chosen in it."""
        for number, place in enumerate(self._places):
            if number != self.stack.currentIndex():
                place.job_id = None
                place.page.show_job(None)

    def _tell_shown(self) -> None:
        """Bring the page that is shown up to date."""
        place = self._places[self.stack.currentIndex()]
        if place.row_filter != self._filter:
            place.row_filter = self._filter
            place.page.set_filter(self._filter)
        elif place.job_id == self._job_id and place.edition != self._edition:
            place.page.refresh(place.in_sight)
        if place.job_id != self._job_id:
            place.job_id = self._job_id
            place.page.show_job(self._job_id)
        place.edition = self._edition
        place.in_sight = []
