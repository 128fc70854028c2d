"""What of a job is written, as what and where: the choices of the export dialog."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.batch.export.export_task import ExportCounts, ExportFormat, ExportTask
from core.batch.export.free_name import free_path
from core.batch.export.sorted_copies import SortKey
from core.batch.export.xmp.sidecar_name import SidecarName
from core.batch.record import Job
from core.batch.row_filter import EVERY_ROW, RowFilter
from gui import file_dialogs
from gui.batch.export.export_formats import FORMATS, FormatWords, TargetKind
from gui.combo_list import fit_list
from gui.language.translation import marked, translate
from gui.language.words import counted
from gui.picture.label_writing import label_writing
from gui.plain_tip import plain_tip

SORT_KEYS = (
    (SortKey.AGE_GROUP, marked("ExportForm", "By a&ge group")),
    (SortKey.GENDER, marked("ExportForm", "By g&ender")),
)
SIDECAR_NAMES = (
    (SidecarName.AUTO, marked("ExportForm", "The sidecar that is there, else photo.jpg.xmp")),
    (SidecarName.FULL, marked("ExportForm", "photo.jpg.xmp (digiKam, darktable, Immich)")),
    (SidecarName.SHORT, marked("ExportForm", "photo.xmp (Adobe, Capture One, Apple Photos)")),
    (SidecarName.BOTH, marked("ExportForm", "Both")),
)
WIDTH_PX = 512
TARGET_WIDTH_PX = 370
OPTION_GAP_PX = 24
OPTION_PAGES = {
    ExportFormat.CSV: 4,
    ExportFormat.WORKBOOK: 4,
    ExportFormat.JSON_LINES: 4,
    ExportFormat.ANNOTATED_COPIES: 1,
    ExportFormat.SORTED_COPIES: 2,
    ExportFormat.XMP_SIDECARS: 3,
}


class ExportForm(QWidget):
    """Radio buttons for what and as what, and a place that is proposed and can be chosen.

    Args:
        row_filter: what the window shows at the moment.
        folder: where a place is proposed.

    Signals:
        changed: something else is chosen now.
    """

    changed = Signal()

    def __init__(self, job: Job, row_filter: RowFilter, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._job = job
        self._filter = row_filter
        self._counts: tuple[ExportCounts, ExportCounts] | None = None
        self._target: Path | None = None
        self.all_button = QRadioButton(self.tr("&All photos"))
        self.shown_button = QRadioButton(self.tr("&Only what the filter shows"))
        self.format_buttons = {words.format: QRadioButton(_shown(words.title)) for words in FORMATS}
        self.excel_box = QCheckBox(self.tr("For &Excel: begin with a byte-order mark"))
        self.excel_box.setToolTip(self.tr("Without the mark, Excel shows accents wrongly"))
        self.excel_box.setChecked(True)
        self.ranges_box = QCheckBox(self.tr("Fit the &ranges of ages to my corrections"))
        self.ranges_box.setToolTip(
            self.tr("They then hold 8 in 10 of this batch; it takes 30 corrected ages")
        )
        self.blur_box = QCheckBox(self.tr("&Blur the faces beyond recognition"))
        self.sort_buttons = {key: QRadioButton(self.tr(text)) for key, text in SORT_KEYS}
        self.sidecar_box = QComboBox()
        for name, text in SIDECAR_NAMES:
            self.sidecar_box.addItem(self.tr(text), name)
        fit_list(self.sidecar_box)
        self.explanation_label = _text("caption")
        self.explanation_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.target_label = _text("")
        self.choose_button = QPushButton(self.tr("&Choose…"))
        self._options = QStackedWidget()
        self._lay_out()
        self._keep_room_for_explanations()
        self._group_buttons()
        self.choose_button.clicked.connect(self._ask_target)
        self._choose_format()

    @property
    def task(self) -> ExportTask:
        """What is chosen now."""
        return ExportTask(
            self._job.id,
            self.words.format,
            self.target,
            self._filter if self.shown_button.isChecked() else EVERY_ROW,
            hides_faces=self.blur_box.isChecked(),
            sort_key=next(key for key, one in self.sort_buttons.items() if one.isChecked()),
            sidecar_name=SidecarName(self.sidecar_box.currentData()),
            is_for_excel=self.excel_box.isChecked(),
            fits_ranges=self.ranges_box.isChecked() and self._has_ranges,
            writing=label_writing(),
        )

    @property
    def _has_ranges(self) -> bool:
        """Whether what is written says ranges of ages."""
        return OPTION_PAGES.get(self.words.format) == OPTION_PAGES[ExportFormat.CSV]

    @property
    def words(self) -> FormatWords:
        """The chosen format."""
        chosen = (words for words in FORMATS if self.format_buttons[words.format].isChecked())
        return next(chosen)

    @property
    def target(self) -> Path:
        """The file or folder to write: chosen, or proposed so that nothing is replaced."""
        if self.words.target_kind is TargetKind.BESIDE_PHOTOS:
            return self._photo_folder()
        return self._target or free_path(self.folder, _shown(self.words.name))

    @property
    def photo_count(self) -> int:
        """Of the chosen photos; 0 until they are counted."""
        if self._counts is None:
            return 0
        every, shown = self._counts
        return shown.photos if self.shown_button.isChecked() else every.photos

    def set_target(self, path: Path) -> None:
        """Write there, into a file or a folder, as the format has it."""
        self._target = path
        self.folder = path.parent
        self._show_target()
        self.changed.emit()

    def propose_target(self) -> None:
        """Propose a place that is still free."""
        self._target = None
        self._show_target()

    def show_counts(self, every: ExportCounts, shown: ExportCounts) -> None:
        """Say how much there is, and how much of it passes the filter."""
        self._counts = every, shown
        text = self.tr("&All: {counts}").format(counts=_count_text(every))
        self.all_button.setText(text)
        text = self.tr("&Only what the filter shows: {counts}").format(counts=_count_text(shown))
        self.shown_button.setText(text)
        self.changed.emit()

    def _photo_folder(self) -> Path:
        root = self._job.roots[0] if self._job.roots else self.folder
        try:
            return root if root.is_dir() else root.parent
        except OSError:  # it cannot be looked at any more
            return root.parent

    def _choose_format(self) -> None:
        """Explain the format, and offer what can be chosen for it."""
        self.explanation_label.setText(_shown(self.words.explanation))
        self._options.setCurrentIndex(OPTION_PAGES.get(self.words.format, 0))
        self.excel_box.setVisible(self.words.format is ExportFormat.CSV)
        self.propose_target()

    def _show_target(self) -> None:
        is_beside = self.words.target_kind is TargetKind.BESIDE_PHOTOS
        text = self.tr("Beside each photo.") if is_beside else str(self.target)
        metrics, middle = self.target_label.fontMetrics(), Qt.TextElideMode.ElideMiddle
        self.target_label.setText(metrics.elidedText(text, middle, TARGET_WIDTH_PX))
        self.target_label.setToolTip(plain_tip(text))
        self.choose_button.setVisible(not is_beside)

    def _ask_target(self) -> None:
        words = self.words
        if words.target_kind is TargetKind.FILE:
            kinds = {Path(words.name).suffix: _shown(words.title).replace("&", "")}
            path = file_dialogs.ask_target(self, self.tr("Export"), self.target, kinds)
        else:
            path = file_dialogs.ask_target_folder(self, self.folder)
        if path is not None:
            self.set_target(path)

    def _group_buttons(self) -> None:
        """Radio buttons that exclude one another; what is filtered is wanted filtered."""
        whats = _group(self, self.all_button, self.shown_button)
        formats = _group(self, *self.format_buttons.values())
        _group(self, *self.sort_buttons.values())
        is_filtered = self._filter != EVERY_ROW
        self.shown_button.setEnabled(is_filtered)
        (self.shown_button if is_filtered else self.all_button).setChecked(True)
        self.format_buttons[FORMATS[0].format].setChecked(True)
        self.sort_buttons[SORT_KEYS[0][0]].setChecked(True)
        whats.buttonClicked.connect(lambda _: self.changed.emit())
        formats.buttonClicked.connect(self._choose_format)
        formats.buttonClicked.connect(lambda _: self.changed.emit())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(_text("subheading", self.tr("What")))
        column.addWidget(self.all_button)
        column.addWidget(self.shown_button)
        column.addSpacing(16)
        column.addWidget(_text("subheading", self.tr("As")))
        column.addLayout(self._format_grid())
        column.addSpacing(4)
        column.addWidget(self.explanation_label)
        self._options.addWidget(QWidget())
        self._options.addWidget(_option_row(self.blur_box))
        self._options.addWidget(_option_row(*self.sort_buttons.values()))
        self._options.addWidget(
            _option_row(_buddy(self.tr("File &name"), self.sidecar_box), self.sidecar_box)
        )
        self._options.addWidget(_option_column(self.excel_box, self.ranges_box))
        column.addWidget(self._options)
        column.addSpacing(8)
        column.addWidget(_text("subheading", self.tr("To")))
        place = QHBoxLayout()
        place.setSpacing(16)
        place.addWidget(self.target_label, 1)
        place.addWidget(self.choose_button)
        column.addLayout(place)

    def _keep_room_for_explanations(self) -> None:
        """The longest takes most lines: the dialog need not grow, nor press others together."""
        label = self.explanation_label
        label.ensurePolished()
        room = QRect(0, 0, WIDTH_PX, 0)
        texts = (_shown(words.explanation) for words in FORMATS)
        wrapped = Qt.TextFlag.TextWordWrap
        heights = (label.fontMetrics().boundingRect(room, wrapped, text).height() for text in texts)
        label.setMinimumHeight(max(heights))

    def _format_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        rows = -(-len(FORMATS) // 2)
        for number, button in enumerate(self.format_buttons.values()):
            grid.addWidget(button, number % rows, number // rows)
        return grid


def _shown(text: str) -> str:
    """A text of a format."""
    return translate("ExportFormats", text)


def _count_text(counts: ExportCounts) -> str:
    return f"{counted.media(counts.photos, counts.videos)}, {counted.faces(counts.faces)}"


def _group(parent: QWidget, *buttons: QRadioButton) -> QButtonGroup:
    group = QButtonGroup(parent)
    for button in buttons:
        group.addButton(button)
    return group


def _text(name: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(name == "caption")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _buddy(text: str, box: QComboBox) -> QLabel:
    """A label whose underlined letter leads to the box."""
    label = QLabel(text)
    label.setBuddy(box)
    return label


def _option_column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
    return holder


def _option_row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(OPTION_GAP_PX)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return holder
