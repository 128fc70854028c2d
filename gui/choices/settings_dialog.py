"""Lets the user choose what runs the model and how faces are looked for."""

from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core import paths
from core.label_contents import LabelContents
from core.settings import (
    GREATEST_FACE_PX,
    LEAST_FACE_PX,
    SYSTEM_LANGUAGE,
    CameraResolution,
    DetectionRange,
    EngineChoice,
    Settings,
)
from gui.choices.look import Look
from gui.language.translation import language_name, marked, translate
from gui.theme import ColourScheme
from gui.window.screen_fit import keep_on_screen

Choice = TypeVar("Choice", bound=str)
SCROLL_BAR_WIDTH_PX = 16

FIELD_WIDTH_PX = 120
EXPLANATION_INDENT_PX = 26
"""Where the words beside a radio button begin."""

SCHEMES = (
    (
        ColourScheme.SYSTEM,
        marked("SettingsDialog", "As the s&ystem"),
        marked("SettingsDialog", "Light or dark, as the desktop says."),
    ),
    (
        ColourScheme.LIGHT,
        marked("SettingsDialog", "&Light"),
        marked("SettingsDialog", "Dark letters on a light ground."),
    ),
    (
        ColourScheme.DARK,
        marked("SettingsDialog", "&Dark"),
        marked("SettingsDialog", "Light letters on a dark ground."),
    ),
)
ENGINES = (
    (
        EngineChoice.AUTO,
        marked("SettingsDialog", "&Automatic"),
        marked("SettingsDialog", "The graphics card where it helps, else the processor."),
    ),
    (
        EngineChoice.ONNX,
        marked("SettingsDialog", "&ONNX Runtime"),
        marked("SettingsDialog", "The processor; starts at once."),
    ),
    (
        EngineChoice.KERAS,
        marked("SettingsDialog", "&Keras with TensorFlow"),
        marked("SettingsDialog", "Slower to start; needs TensorFlow."),
    ),
)
RANGES = (
    (
        DetectionRange.AUTO,
        marked("SettingsDialog", "A&utomatic"),
        marked("SettingsDialog", "Whichever the picture needs."),
    ),
    (
        DetectionRange.NEAR,
        marked("SettingsDialog", "&Near"),
        marked("SettingsDialog", "Faces within about five metres; fastest."),
    ),
    (
        DetectionRange.FAR,
        marked("SettingsDialog", "&Far"),
        marked("SettingsDialog", "Small faces in every frame; slowest."),
    ),
)
RESOLUTIONS = (
    (
        CameraResolution.SMALL,
        marked("SettingsDialog", "&Small"),
        marked("SettingsDialog", "640 × 480, for old cameras and slow computers."),
    ),
    (CameraResolution.HD, marked("SettingsDialog", "&HD"), "1280 × 720."),
    (
        CameraResolution.FULL_HD,
        marked("SettingsDialog", "&Full HD"),
        marked("SettingsDialog", "1920 × 1080, for faces across a room."),
    ),
)


class SettingsDialog(QDialog):
    """Shows settings and the window's look, and gives the changed ones."""

    def __init__(self, settings: Settings, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._before = settings
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(4)
        self.language = _Choices(column, self.tr("Language"), _languages(), look.language)
        column.addSpacing(16)
        self.colour_scheme = _Choices(column, self.tr("Colours"), SCHEMES, look.colour_scheme)
        column.addSpacing(16)
        self.labels = _LabelChoice(column, look.label_contents)
        column.addSpacing(16)
        self.engine = _Choices(column, self.tr("What runs the model"), ENGINES, settings.engine)
        column.addSpacing(16)
        self.detection_range = _Choices(
            column, self.tr("Where faces are"), RANGES, settings.detection_range
        )
        column.addSpacing(16)
        self.camera_resolution = _Choices(
            column, self.tr("Picture size of cameras"), RESOLUTIONS, settings.camera_resolution
        )
        column.addSpacing(16)
        self.thorough = _make_check(
            column,
            self.tr("Photos"),
            self.tr("&Look hard for small faces"),
            self.tr("Finds people far away in group photos; takes several times as long."),
            is_checked=settings.is_thorough,
        )
        column.addSpacing(16)
        self.min_face = _make_face_size(column, settings.min_face_px)
        column.addStretch()
        self._lay_out(page)
        keep_on_screen(self)

    @property
    def settings(self) -> Settings:
        """What is chosen now."""
        return replace(
            self._before,
            engine=self.engine.value,
            detection_range=self.detection_range.value,
            camera_resolution=self.camera_resolution.value,
            is_thorough=self.thorough.isChecked(),
            min_face_px=self.min_face.value(),
        )

    @property
    def look(self) -> Look:
        """How the window shall look now."""
        return Look(self.colour_scheme.value, self.labels.contents, self.language.value)

    def _lay_out(self, page: QWidget) -> None:
        """The choices scroll where the screen is low; the buttons stay."""
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(page.sizeHint().width() + SCROLL_BAR_WIDTH_PX)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.button(standard.Ok).setObjectName("primary")
        buttons.setContentsMargins(24, 8, 24, 16)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        column.addWidget(buttons)
        self.resize(
            area.minimumWidth(), page.sizeHint().height() + buttons.sizeHint().height() + 16
        )


def _languages() -> tuple[tuple[str, str, str], ...]:
    """The desktop's own language, and each that there is a catalogue of, as it calls itself."""
    explanation = marked("SettingsDialog", "Where Visage speaks it; else English.")
    system = (SYSTEM_LANGUAGE, marked("SettingsDialog", "As the s&ystem"), explanation)
    return system, *((code, language_name(code), "") for code in paths.languages())


def _make_check(
    column: QVBoxLayout, title: str, text: str, explanation: str, *, is_checked: bool
) -> QCheckBox:
    """A title and a box to check, with a line that explains it."""
    column.addWidget(_make_heading(title))
    box = QCheckBox(text)
    box.setChecked(is_checked)
    box.setAccessibleDescription(explanation)
    column.addWidget(box)
    column.addWidget(_make_explanation(explanation))
    return box


def _make_face_size(column: QVBoxLayout, min_face_px: int) -> QSpinBox:
    """How small a face may be to be reported."""
    title = translate("SettingsDialog", "Smallest face")
    column.addWidget(_make_heading(title))
    field = QSpinBox()
    field.setRange(LEAST_FACE_PX, GREATEST_FACE_PX)
    field.setSuffix(" px")
    field.lineEdit().setTextMargins(6, 0, 6, 0)
    field.setValue(min_face_px)
    field.setAccessibleName(title)
    field.setMaximumWidth(FIELD_WIDTH_PX)
    explanation = translate(
        "SettingsDialog",
        "Lower faces are left out; of cameras and videos those below 20 px always are.",
    )
    field.setAccessibleDescription(explanation)
    column.addWidget(field)
    line = _make_explanation(explanation)
    line.setIndent(0)
    column.addWidget(line)
    return field


def _make_heading(title: str) -> QLabel:
    heading = QLabel(title)
    heading.setObjectName("subheading")
    return heading


def _make_explanation(text: str) -> QLabel:
    line = QLabel(text)
    line.setObjectName("caption")
    line.setIndent(EXPLANATION_INDENT_PX)
    return line


class _LabelChoice:
    """A box to check for each part of a label."""

    def __init__(self, column: QVBoxLayout, contents: LabelContents) -> None:
        column.addWidget(_make_heading(translate("SettingsDialog", "Beside each face")))
        self.age = QCheckBox(translate("SettingsDialog", "A&ge"))
        self.range = QCheckBox(translate("SettingsDialog", "&Range of the age"))
        self.gender = QCheckBox(translate("SettingsDialog", "G&ender"))
        self.age.setChecked(contents.has_age)
        self.range.setChecked(contents.has_range)
        self.gender.setChecked(contents.has_gender)
        self.age.toggled.connect(self.range.setEnabled)
        self.range.setEnabled(contents.has_age)
        for box in (self.age, self.range, self.gender):
            column.addWidget(box)

    @property
    def contents(self) -> LabelContents:
        return LabelContents(self.age.isChecked(), self.range.isChecked(), self.gender.isChecked())


class _Choices(Generic[Choice]):
    """A title and one radio button per choice, with a line that explains it where one is given."""

    def __init__(
        self,
        column: QVBoxLayout,
        title: str,
        choices: tuple[tuple[Choice, str, str], ...],
        current: Choice,
    ) -> None:
        self._values = [value for value, _, _ in choices]
        self._group = QButtonGroup()
        column.addWidget(_make_heading(title))
        for number, (_, text, explanation) in enumerate(choices):
            button = QRadioButton(translate("SettingsDialog", text))
            self._group.addButton(button, number)
            column.addWidget(button)
            if explanation:
                line = _make_explanation(translate("SettingsDialog", explanation))
                button.setAccessibleDescription(line.text())
                column.addWidget(line)
        self.choose(current)

    @property
    def value(self) -> Choice:
        return self._values[self._group.checkedId()]

    def choose(self, value: Choice) -> None:
        """Check the button of `value`: Tab leads to it, and the arrows to the others."""
        chosen = self._group.button(self._values.index(value))
        chosen.setChecked(True)
        for button in self._group.buttons():
            is_chosen = button is chosen
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus
            )
