"""The page of the live picture: what the session says, shown."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.sources.file_check import display_name, is_folder
from gui.icons import Icons
from gui.language.translation import said, translate
from gui.live.empty_view import EmptyView
from gui.live.live_request import LiveRequest, LiveResult
from gui.live.live_session import ACTIVE_STATES, LiveSession, LiveState
from gui.live.status_line import StatusLine
from gui.live.tracks_dialog import known_tracks, show_tracks
from gui.live.transport_bar import SEEK_STEP_S, TransportBar
from gui.messages.message_strip import MessageStrip
from gui.messages.notice_view import LoadingView, TroubleView
from gui.picture.frame_canvas import FrameCanvas
from gui.window.actions import Actions

if TYPE_CHECKING:
    from core.types import FrameResult

SPEED_INTERVAL_MS = 500
PLAIN_SEARCH_PX = 640
"""A thorough search sees no more in photos that are no larger."""


class LiveView(QWidget):
    """Shows the session's state and results, and passes on what the user wants of them.

    Signals:
        choose_wanted: the user wants another source.
        photo_changed: another photo is shown.
    """

    choose_wanted = Signal()
    photo_changed = Signal()

    def __init__(
        self, session: LiveSession, actions: Actions, icons: Icons, empty_view: EmptyView
    ) -> None:
        super().__init__()
        self._session = session
        self._actions = actions
        self._newest: LiveResult | None = None
        self.strip = MessageStrip(icons)
        self.empty_view = empty_view
        self.loading_view = LoadingView()
        self.trouble_view = TroubleView(icons)
        self.canvas = FrameCanvas()
        self.stage = QStackedWidget()
        self.transport = TransportBar(actions)
        self.status_line = StatusLine()
        self._speed_timer = QTimer(self, interval=SPEED_INTERVAL_MS)
        self._lay_out()
        self._connect()
        self._show_state(session.state)

    @property
    def shown(self) -> LiveResult | None:
        """The result on the screen; None when there is no picture."""
        return self._newest if self.stage.currentWidget() is self.canvas else None

    def step(self, direction: int) -> None:
        """One photo, or a few seconds of a video, back (-1) or forward (1)."""
        info = self._session.info
        if info is None:
            return
        if info.photo_count:
            self._session.show_photo(self._session.photo_index + direction)
        elif info.is_seekable:
            time_s = self.transport.slider.value() / 1000 + direction * SEEK_STEP_S
            self._session.seek(min(max(time_s, 0.0), info.duration_s or 0.0))

    def change_speed(self, direction: int) -> None:
        """Play slower (-1) or faster (1), and say how fast."""
        self._session.change_speed(direction)
        self.transport.show_speed(self._session.speed)

    def toggle_pause(self) -> None:
        """Pause, go on, or play again, whichever fits."""
        state = self._session.state
        if state is LiveState.RUNNING:
            self._session.pause()
        elif state is LiveState.PAUSED:
            self._session.resume()
        elif state is LiveState.ENDED and self._session.info is not None:
            self._play_again()

    def retry(self) -> None:
        """Start the last request again."""
        if self._session.request is not None:
            self._session.start(self._session.request)

    def _play_again(self) -> None:
        if self._session.info is not None and self._session.info.is_seekable:
            self._session.seek(0.0)
        else:
            self.retry()

    def _lay_out(self) -> None:
        self.stage.setObjectName("stage")
        for page in (self.empty_view, self.loading_view, self.trouble_view, self.canvas):
            self.stage.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip.float_over(self.stage, self)
        for widget, stretch in (
            (self.stage, 1),
            (self.transport, 0),
            (self.status_line, 0),
        ):
            column.addWidget(widget, stretch)

    def _connect(self) -> None:
        session = self._session
        session.state_changed.connect(self._show_state)
        session.result_arrived.connect(self._show_result)
        session.interrupted.connect(self._show_interruption)
        session.recovered.connect(self.strip.clear)
        session.failed.connect(self._show_failure)
        self.transport.seek_wanted.connect(session.seek)
        self.trouble_view.retry_button.clicked.connect(self.retry)
        self.trouble_view.choose_button.clicked.connect(self.choose_wanted)
        self._speed_timer.timeout.connect(self._show_speed)

    def _show_state(self, state: LiveState) -> None:
        has_picture = state in ACTIVE_STATES
        self._actions.set_paused(state is LiveState.PAUSED, state is LiveState.ENDED)
        self._actions.stop.setEnabled(state is not LiveState.IDLE)
        self.transport.setVisible(has_picture)
        self.status_line.setVisible(has_picture)
        if state is LiveState.RUNNING:
            self._show_source()
        elif state is LiveState.IDLE:
            self._newest = None
            self.strip.clear()
            self._show_page(self.empty_view)
        elif state is LiveState.LOADING:
            self._show_loading()
        elif state is LiveState.ENDED:
            self._show_who_was_seen()
        self._enable_actions(state)
        self._speed_timer.start() if state is LiveState.RUNNING else self._speed_timer.stop()

    def _enable_actions(self, state: LiveState) -> None:
        info = self._session.info if state in ACTIVE_STATES else None
        is_stream = info is not None and not info.photo_count
        self._actions.pause.setEnabled(is_stream)
        for action in self._actions.of_videos:
            action.setEnabled(info is not None and info.is_seekable)
        if info is None or is_stream:
            self._actions.look_harder.setEnabled(False)
        has_steps = info is not None and (info.is_seekable or info.photo_count > 1)
        for action in (self._actions.previous, self._actions.next):
            action.setEnabled(has_steps)

    def _show_page(self, page: QWidget) -> None:
        self.stage.setCurrentWidget(page)
        has_picture = page is self.canvas
        actions = self._actions
        zooming = actions.zoom_in, actions.zoom_out, actions.zoom_fit
        for action in (actions.save_picture, actions.copy_picture, actions.compare, *zooming):
            action.setEnabled(has_picture)

    def _show_loading(self) -> None:
        self._newest = None
        self.canvas.show_result(None)
        self.strip.clear()
        self.status_line.clear()
        if self._session.request is not None:
            self.loading_view.show_name(request_title(self._session.request))
        self._show_page(self.loading_view)

    def _show_source(self) -> None:
        info = self._session.info
        if info is not None and self._newest is None:
            self.transport.show_source(info)
            self.status_line.show_engine(info)
            self._actions.suit(has_photos=info.photo_count > 0)

    def _show_who_was_seen(self) -> None:
        people = known_tracks(self._session.tracks)
        if people:
            self.strip.show_notice(
                self.tr("%Ln person(s) seen.", "", len(people)),
                (self.tr("Show"), partial(show_tracks, people, self.window())),
            )

    def _show_result(self, newest: LiveResult) -> None:
        is_other = self._newest is None or self._newest.photo_index != newest.photo_index
        self._newest = newest
        info = self._session.info
        if info is None:
            return
        self.transport.show_title(newest.title)
        self.transport.show_photo_place(newest.photo_index, info.photo_count)
        if newest.result is None:
            self._show_broken_photo(newest)
            return
        if self.stage.currentWidget() is not self.canvas:
            self._show_page(self.canvas)
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)  # the keys are for the picture
        if is_other:
            self.canvas.zoom.fit()
        self.canvas.show_result(newest.result)
        if info.photo_count:
            self._show_photo(newest, newest.result, is_other)
        elif info.is_seekable and info.duration_s is not None:
            self.transport.show_time(newest.result.frame.time_s, info.duration_s)

    def _show_photo(self, newest: LiveResult, result: "FrameResult", is_other: bool) -> None:
        self.status_line.show_photo(len(result.faces), newest.process_ms, result.frame.note)
        if is_other:
            self.strip.clear()
            self.photo_changed.emit()
        may_hold_more = self._may_hold_more(result)
        self._actions.look_harder.setEnabled(may_hold_more)
        if may_hold_more and not result.faces:
            self.strip.show_notice(
                self.tr("No face was found."),
                (self.tr("Look harder"), self._actions.look_harder.trigger),
            )

    def _may_hold_more(self, result: "FrameResult") -> bool:
        """Whether a thorough search sees more than the one that was."""
        request, frame = self._session.request, result.frame
        is_thorough = request is not None and request.settings.is_thorough
        height_px, width_px = frame.image.shape[:2]
        return not is_thorough and max(height_px, width_px) * frame.scale > PLAIN_SEARCH_PX

    def _show_broken_photo(self, newest: LiveResult) -> None:
        self.canvas.show_result(None)
        self._actions.look_harder.setEnabled(False)
        self.status_line.speed_label.clear()
        self.trouble_view.show_trouble(newest.error or "", may_retry=False)
        self._show_page(self.trouble_view)

    def _show_speed(self) -> None:
        info = self._session.info
        if info is not None and not info.photo_count and self._newest is not None:
            self.status_line.show_speed(
                self._session.frames_per_second,
                self._newest.process_ms,
                self._newest.dropped_count,
            )

    def _show_interruption(self, sentence: str) -> None:
        self.strip.show_notice(
            sentence,
            (self.tr("Try again"), self.retry),
            (self.tr("Choose another"), self.choose_wanted.emit),
        )

    def _show_failure(self, sentence: str) -> None:
        self.strip.clear()
        self.trouble_view.show_trouble(sentence)
        self._show_page(self.trouble_view)
        self.trouble_view.retry_button.setFocus(Qt.FocusReason.OtherFocusReason)


def request_title(request: LiveRequest) -> str:
    """A name for what is being opened, before it can say its own."""
    first = request.word
    if first == "sample":
        return translate("LiveView", "Sample clip")
    if request.is_camera:
        return said(f"Camera {first.removeprefix('camera:')}")
    return display_name(Path(first)) or first


def request_icon(request: LiveRequest) -> str:
    """The icon that stands for what is looked at."""
    word = request.word
    if word == "sample":
        return "sample"
    if request.is_camera:
        return "camera"
    return "folder" if is_folder(Path(word)) else "photo"
