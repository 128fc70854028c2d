"""The bar below the picture: pause, stop, the place in a video, the way through photos."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSlider, QStyle, QToolButton, QWidget

from core.text import clock_text
from gui.keyboard import PRESS_KEYS, SLIDE_KEYS, keep_keys
from gui.language.translation import said
from gui.live.live_request import LiveInfo
from gui.window.actions import Actions

SEEK_STEP_S = 5.0


class SeekSlider(QSlider):
    """A slider that goes to where it is clicked."""

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() is Qt.MouseButton.LeftButton:
            x_px = round(event.position().x())
            self.setValue(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x_px, self.width())
            )
        # The handle is there now: Qt takes the press for the beginning of a drag.
        super().mousePressEvent(event)


class TransportBar(QFrame):
    """Shows what fits the source: a slider for a video, arrows for photos.

    Signals:
        seek_wanted: seconds from the start of the video.
    """

    seek_wanted = Signal(float)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transportBar")
        self._pause = make_button(actions.pause)
        self._stop = make_button(actions.stop)
        self._previous = make_button(actions.previous)
        self._next = make_button(actions.next)
        self._record = make_button(actions.record)
        self._loop = make_button(actions.loop)
        self.speed_label = QLabel()
        self.recording_label = QLabel()
        self.recording_label.setObjectName("recording")
        self.recording_label.hide()
        self._look_harder = make_button(actions.look_harder)
        self.slider = SeekSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("Position in the video"))
        self.slider.setPageStep(round(SEEK_STEP_S * 1000))
        self.slider.setSingleStep(1000)
        keep_keys(self.slider, SLIDE_KEYS)
        self.slider.valueChanged.connect(self._tell_seek)
        self.place_label = QLabel()
        self._title_label = QLabel()
        self._title_label.setTextFormat(Qt.TextFormat.PlainText)
        self._title_label.setObjectName("muted")
        self._lay_out()

    def show_source(self, info: LiveInfo) -> None:
        """Fit the bar to what runs now."""
        has_photos = info.photo_count > 0
        self._pause.setVisible(not has_photos)
        self._look_harder.setVisible(has_photos)
        self._record.setVisible(not has_photos)
        self._loop.setVisible(info.is_seekable)
        self.speed_label.setVisible(info.is_seekable)
        for button in (self._previous, self._next):
            button.setVisible(info.photo_count > 1 or info.is_seekable)
        self.slider.setVisible(info.is_seekable)
        self._title_label.setVisible(not info.is_seekable)
        self.show_title(info.title)
        self.slider.setRange(0, round((info.duration_s or 0.0) * 1000))
        self.place_label.clear()

    def show_title(self, title: str) -> None:
        """Name the picture that is shown."""
        width_px = max(160, self.width() - 320)
        mode = Qt.TextElideMode.ElideMiddle
        self._title_label.setText(self.fontMetrics().elidedText(said(title), mode, width_px))

    def show_time(self, time_s: float, duration_s: float) -> None:
        """Move the slider along, unless the user holds it."""
        if not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setValue(round(time_s * 1000))
            self.slider.blockSignals(False)
        self.place_label.setText(f"{clock_text(time_s)} / {clock_text(duration_s)}")

    def show_speed(self, speed: float) -> None:
        """Say how fast a video plays, unless it is as fast as it was taken."""
        self.speed_label.setText("" if speed == 1 else f"{speed:g}×")

    def show_recording(self, time: str | None) -> None:
        """Say that a recording runs and how long it is; None: no more."""
        self.recording_label.setText("" if time is None else f"● {time}")
        words = "" if time is None else self.tr("Recording, {time}").format(time=time)
        self.recording_label.setAccessibleName(words)
        self.recording_label.setVisible(time is not None)

    def show_photo_place(self, index: int, count: int) -> None:
        """Say which of the photos this is."""
        words = self.tr("{number} of {count}").format(number=index + 1, count=count)
        self.place_label.setText(words if count > 1 else "")

    def _tell_seek(self, value_ms: int) -> None:
        self.seek_wanted.emit(value_ms / 1000)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        buttons = self._previous, self._pause, self._next, self._stop
        for widget in (*buttons, self._loop, self._record, self.recording_label, self._look_harder):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self._title_label, 1)
        row.addSpacing(8)
        row.addWidget(self.speed_label)
        row.addWidget(self.place_label)


def make_button(action: QAction) -> QToolButton:
    """A button that shows only its action's icon, and says the rest in its tip."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(20, 20))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    action.changed.connect(partial(_name_after, button, action))
    _name_after(button, action)
    keep_keys(button, PRESS_KEYS)
    return button


def _name_after(button: QToolButton, action: QAction) -> None:
    button.setAccessibleName(action.text().replace("&", ""))
