"""Records the live session: asks where, shows how long, and says what became of it."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.text import clock_text
from gui import file_dialogs
from gui.core_parts import CoreParts
from gui.language.translation import marked, said
from gui.live.live_request import LiveInfo
from gui.live.live_session import LiveSession, LiveState
from gui.live.live_view import LiveView
from gui.live.tracks_dialog import counted_people, known_tracks, show_tracks
from gui.picture.label_writing import label_writing
from gui.preferences import Preferences
from gui.window.actions import Actions

if TYPE_CHECKING:
    from core.recording.recorder import Recorded, Recorder

RECORDABLE_STATES = (LiveState.RUNNING, LiveState.PAUSED)
SHOW_INTERVAL_MS = 250
QUIT_PATIENCE_S = 0.5
"""So long what waits for the encoder is still encoded when the window is closed."""
KINDS = {
    ".webm": marked("RecordKeeper", "Video with faces, and tables"),
    ".csv": marked("RecordKeeper", "Tables alone"),
}


class RecordKeeper(QObject):
    """One recording at a time; it ends with its source.

    Signals:
        ended: the files of a recording are finished, and it is told.
    """

    ended = Signal()
    _finished = Signal(object)

    def __init__(
        self,
        live_view: LiveView,
        session: LiveSession,
        actions: Actions,
        parts: CoreParts,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._live_view = live_view
        self._session = session
        self._actions = actions
        self._parts = parts
        self._preferences = preferences
        self._window = window
        self._recorder: Recorder | None = None
        self._ending: list[Recorder] = []
        self._untold_count = 0
        self._told: tuple[str, Recorded] | None = None
        self._showing = QTimer(self, interval=SHOW_INTERVAL_MS)
        self._showing.timeout.connect(self._show_time)
        self._finished.connect(self._note_end, Qt.ConnectionType.QueuedConnection)
        session.state_changed.connect(self._follow_state)
        actions.blur.toggled.connect(self._follow_blur)
        self._follow_state(session.state)

    def toggle(self) -> None:
        """Begin a recording, or end the one that runs."""
        if self._recorder is not None:
            self.stop()
        elif self._can_record:
            self._ask_and_start()
        self._show_action()

    def stop(self) -> None:
        """End the recording; the files are finished in its own time."""
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            self._session.record(None)
            recorder.stop()
            self._ending.append(recorder)
            self._showing.stop()
            self._live_view.transport.show_recording(None)
            self._show_action()

    def finish_soon(self) -> None:
        """End the recording, and finish all files before gui/quit_limit.py ends the process."""
        self.stop()
        for recorder in self._ending:
            recorder.finish_within(QUIT_PATIENCE_S)

    def join(self) -> None:
        """Wait until every file is finished; after `stop`."""
        for recorder in self._ending:
            recorder.join()

    @property
    def is_active(self) -> bool:
        """Whether there is a recording whose end was not told yet."""
        return self._untold_count > 0

    @property
    def told(self) -> "Recorded | None":
        """The recording of which the window speaks; None if it does not."""
        text, recorded = self._told or ("", None)
        return recorded if text == self._live_view.strip.text else None

    @property
    def _can_record(self) -> bool:
        info = self._session.info
        is_stream = info is not None and not info.photo_count
        return is_stream and self._session.state in RECORDABLE_STATES

    def _ask_and_start(self) -> None:
        """Ask where to; a video waits for the answer, and is recorded from there on."""
        info, session = self._session.info, self._session
        assert info is not None
        is_to_wait = info.is_seekable and session.state is LiveState.RUNNING
        if is_to_wait:
            session.pause()
        target = self._ask_target(info)
        if target is not None and (session.info is not info or not self._can_record):
            text = self.tr("Nothing was recorded: what was shown had come to its end.")
            self._live_view.strip.show_trouble(text)
        elif target is not None:
            self._start(target, info)
        if is_to_wait and session.info is info:
            session.resume()

    def _ask_target(self, info: LiveInfo) -> Path | None:
        stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
        proposal = self._preferences.folder / f"{Path(info.title).stem} {stamp}.webm"
        kinds = {suffix: self.tr(kind) for suffix, kind in KINDS.items()}
        return file_dialogs.ask_target(self._window, self.tr("Record"), proposal, kinds)

    def _start(self, target: Path, info: LiveInfo) -> None:
        self._preferences.folder = target.parent
        if self._is_source(target):
            text = self.tr("{name} is what is being played.").format(name=target.name)
            self._live_view.strip.show_trouble(text)
            return
        self._recorder = self._parts.make_recorder(
            target, info.kind, info.frame_rate_hz, self._finished.emit
        )
        self._untold_count += 1
        self._live_view.strip.clear()  # what it says is of an earlier recording
        self._recorder.label_contents = self._preferences.look.label_contents
        self._recorder.label_writing = label_writing()
        self._follow_blur(self._actions.blur.isChecked())
        self._session.record(self._recorder)
        self._showing.start()
        self._show_time()

    def _is_source(self, target: Path) -> bool:
        request = self._session.request
        try:
            return request is not None and target.samefile(request.word)
        except OSError:  # one of them is no file
            return False

    def _follow_state(self, state: LiveState) -> None:
        if state not in RECORDABLE_STATES:
            self.stop()
        self._show_action()

    def _follow_blur(self, is_blurred: bool) -> None:
        if self._recorder is not None:
            self._recorder.hides_faces = is_blurred

    def _show_action(self) -> None:
        is_recording = self._recorder is not None
        self._actions.record.setEnabled(is_recording or self._can_record)
        self._actions.set_recording(is_recording)

    def _show_time(self) -> None:
        if self._recorder is not None:
            self._live_view.transport.show_recording(clock_text(self._recorder.span_s))

    def _note_end(self, recorded: "Recorded") -> None:
        """A recording that ended by itself is over here, too."""
        if self._recorder is not None and self._recorder.has_ended:
            self.stop()
        self._untold_count -= 1
        self.tell(recorded)
        self.ended.emit()

    def tell(self, recorded: "Recorded") -> None:
        """Say what there is now."""
        strip = self._live_view.strip
        if recorded.error is not None:
            strip.show_trouble(said(recorded.error))
            return
        people = known_tracks(recorded.tracks)
        text = self.tr("Recorded as {name}: {length}, {people}.").format(
            name=recorded.paths[0].name,
            length=clock_text(recorded.duration_s),
            people=counted_people(people),
        )
        if recorded.lost_count:
            text += " " + self.tr("%Ln frame(s) lost.", "", recorded.lost_count)
        self._told = text, recorded
        strip.show_notice(
            text,
            (self.tr("Open"), partial(open_file, recorded.paths[0])),
            (self.tr("People"), partial(show_tracks, people, self._window)),
        )


def open_file(path: Path) -> None:
    """Open a file with the desktop's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
