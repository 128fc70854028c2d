"""The window: joins pickers, menus, drops and dialogs with the live view and the batch view."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core import paths
from gui import file_dialogs
from gui.batch_door import BatchDoor
from gui.choices.look import Look
from gui.choices.model_picker import ModelMenu
from gui.choices.picker_button import PickerButton
from gui.choices.settings_dialog import SettingsDialog
from gui.choices.source_picker import CameraMenu, make_source_menu
from gui.core_parts import CoreParts
from gui.icons import Icons, make_app_icon
from gui.live.empty_view import EmptyView
from gui.live.live_request import LiveInfo, LiveRequest
from gui.live.live_session import LiveSession, LiveState
from gui.live.live_view import LiveView
from gui.live.record_keeper import RecordKeeper
from gui.picture.picture_keeper import PictureKeeper, open_folder
from gui.preferences import Preferences
from gui.theme import Theme
from gui.window.about import show_about
from gui.window.actions import Actions
from gui.window.captions import Captions
from gui.window.drop import DropTarget, is_batch
from gui.window.guide_dialog import show_guide
from gui.window.keys_dialog import KeysDialog
from gui.window.main_menu import fill_menu_bar
from gui.window.model_dialogs import ModelDialogs
from gui.window.screen_fit import keep_on_screen
from gui.window.tool_bar import ToolBar

if TYPE_CHECKING:
    from core.batch.record import Job
    from core.estimation.model_card import ModelCard
    from gui.batch.jobs.job_list import JobSummary

START_SIZE = (1120, 760)
MIN_SIZE = (640, 440)


class MainWindow(QMainWindow):
    """Visage's only window.

    Signals:
        painted_first: the window is on the screen.
        language_changed: the user chose another language, which a new window would speak.
        settled: what hindered a new window may be over.
    """

    painted_first = Signal()
    language_changed = Signal()
    settled = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, parts: CoreParts) -> None:
        super().__init__()
        self._theme = theme
        self._preferences = preferences
        self._was_painted = False
        self.icons = Icons(theme, self)
        self.commands = Actions(self, self.icons)
        self.session = LiveSession(parts, self)
        self.camera_menu = CameraMenu(parts, self.icons, self)
        self.model_menu = ModelMenu(parts, self)
        source_menu = make_source_menu(self.commands, self.camera_menu, self)
        self.source_picker = PickerButton(self.icons, self.tr("Source"), source_menu)
        self.model_picker = PickerButton(self.icons, self.tr("Model"), self.model_menu)
        self.empty_view = EmptyView(theme, self.icons, self.commands, self.camera_menu)
        self.live_view = LiveView(self.session, self.commands, self.icons, self.empty_view)
        self.keeper = PictureKeeper(self.live_view, preferences, self)
        self.recording = RecordKeeper(
            self.live_view, self.session, self.commands, parts, preferences, self
        )
        self.views = QStackedWidget()
        self.views.addWidget(self.live_view)
        self.batch = BatchDoor(
            theme, self.icons, parts, preferences, self.model_menu, self.views, self
        )
        pickers = (self.source_picker, self.model_picker)
        self.model_dialogs = ModelDialogs(
            parts, self.model_menu, self.live_view, self.session, preferences, self
        )
        self.tool_bar = ToolBar(self.commands, *pickers, self.batch.chip)
        self.captions = Captions(
            self,
            self.session,
            self.live_view,
            self.batch,
            self.model_menu,
            pickers,
            self.commands,
            preferences,
        )
        self._lay_out()
        self.drop_target = DropTarget(self, theme)
        self._connect_actions()
        self._connect_parts()
        self._restore()

    def open_source(self, word: str) -> None:
        """Look at a source, as `--source` takes it; a batch goes on meanwhile."""
        self.views.setCurrentWidget(self.live_view)
        self.session.start(LiveRequest(word, self._preferences.model, self._preferences.settings))

    def open_paths(self, chosen: Sequence[Path]) -> None:
        """Look at a photo or a video, or label several photos and what is in folders."""
        if not chosen:
            return
        self._preferences.folder = chosen[0].parent
        if is_batch(chosen):
            self.show_batch()
            self.batch.view.jobs.start(chosen)
        else:
            self.open_source(str(chosen[0]))

    def show_batch(self) -> None:
        """Show the batch in the place of the source."""
        view = self.batch.view
        self.session.stop()
        self.views.setCurrentWidget(view)
        view.table.setFocus(Qt.FocusReason.OtherFocusReason)  # the keys are for the rows

    @property
    def is_settled(self) -> bool:
        """Whether another window can go on from here: no recording is made, no batch begun."""
        is_beginning = self.batch.job is None and self.batch.is_active
        return not is_beginning and not self.recording.is_active

    def choose_model(self, name: str) -> None:
        """Use another model from now on."""
        self._preferences.model = name
        self._start_again()
        self.captions.show()
        if self.batch.is_open:
            self.batch.view.jobs.offer_to_start_again()

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted_first.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        # Esc stops; where there is nothing to stop, it still leaves full screen.
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._preferences.geometry = self.saveGeometry()
        self.hide()
        self.recording.finish_soon()
        self.session.stop()
        self.batch.stop()
        self.model_dialogs.stop()
        super().closeEvent(event)

    def join(self) -> None:
        """Wait for every thread that the window started."""
        self.session.join()
        self.recording.join()
        self.batch.join()
        self.keeper.join()
        self.camera_menu.join()
        self.model_menu.join()
        self.model_dialogs.join()

    # Joining the parts

    def _lay_out(self) -> None:
        self.setWindowTitle("Visage")
        self.setWindowIcon(make_app_icon())
        self.setMinimumSize(*MIN_SIZE)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tool_bar)
        column.addWidget(self.views, 1)
        self.setCentralWidget(central)
        menus = (self.camera_menu, self.batch.actions.menu, self.model_menu)
        fill_menu_bar(self.menuBar(), self.commands, *menus)

    def _connect_actions(self) -> None:
        actions = self.commands
        actions.open_files.triggered.connect(self._ask_files)
        actions.open_folder.triggered.connect(self._ask_folder)
        actions.earlier_batches.triggered.connect(self._show_earlier_batches)
        actions.show_batch.triggered.connect(self.show_batch)
        actions.open_sample.triggered.connect(lambda: self.open_source("sample"))
        actions.save_picture.triggered.connect(self.keeper.ask_and_save)
        actions.record.triggered.connect(self.recording.toggle)
        actions.copy_picture.triggered.connect(self.keeper.copy)
        actions.quit.triggered.connect(self.close)
        actions.pause.triggered.connect(self.live_view.toggle_pause)
        actions.stop.triggered.connect(self._leave)
        actions.previous.triggered.connect(partial(self.live_view.step, -1))
        actions.next.triggered.connect(partial(self.live_view.step, 1))
        actions.step_back.triggered.connect(partial(self.session.step_frame, -1))
        actions.step_forward.triggered.connect(partial(self.session.step_frame, 1))
        actions.slower.triggered.connect(partial(self.live_view.change_speed, -1))
        actions.faster.triggered.connect(partial(self.live_view.change_speed, 1))
        actions.loop.toggled.connect(self.session.set_looping)
        actions.look_harder.triggered.connect(self.session.look_harder)
        zoom = self.live_view.canvas.zoom
        actions.zoom_in.triggered.connect(zoom.zoom_in)
        actions.zoom_out.triggered.connect(zoom.zoom_out)
        actions.zoom_fit.triggered.connect(zoom.fit)
        actions.mirror.toggled.connect(self._set_mirrored)
        actions.blur.toggled.connect(self._set_blurred)
        actions.full_screen.toggled.connect(self._set_full_screen)
        actions.settings.triggered.connect(self._show_settings)
        actions.compare.triggered.connect(self.model_dialogs.compare)
        actions.model_card.triggered.connect(self._show_model_card)
        actions.guide.triggered.connect(lambda: show_guide(self))
        actions.keys.triggered.connect(self._show_keys)
        actions.about.triggered.connect(lambda: show_about(self, self.windowIcon()))
        actions.open_log.triggered.connect(lambda: open_folder(paths.log_dir()))

    def _connect_parts(self) -> None:
        self.drop_target.dropped.connect(self.open_paths)
        self.empty_view.recent_chosen.connect(self.open_source)
        self.empty_view.batch_chosen.connect(self._open_batch)
        self.batch.recent_found.connect(self.empty_view.show_batches)
        self.empty_view.forget_wanted.connect(self._forget_recent)
        self.drop_target.refused.connect(self._refuse)
        self.camera_menu.camera_chosen.connect(self._open_camera)
        self.model_menu.model_chosen.connect(self.choose_model)
        self.model_menu.filled.connect(self.captions.show)
        self.model_menu.get_wanted.connect(self.model_dialogs.get)
        self.model_dialogs.model_chosen.connect(self.choose_model)
        self.model_dialogs.both_wanted.connect(self._watch_both)
        self.session.state_changed.connect(self._follow_state)
        self.recording.ended.connect(self.settled)
        self.live_view.photo_changed.connect(self.captions.show)
        self.live_view.choose_wanted.connect(self.source_picker.showMenu)
        self.painted_first.connect(self.model_menu.look)
        self.painted_first.connect(self.batch.look)
        self.batch.made.connect(self._connect_batch)
        self.batch.unfinished_found.connect(self._offer_to_go_on)
        self.batch.finished_unseen.connect(self._tell_batch_is_done)
        self.batch.chip.clicked.connect(self.show_batch)
        self.batch.chip.told.connect(self.captions.show_title)
        self.views.currentChanged.connect(self.captions.show)

    def _connect_batch(self) -> None:
        view = self.batch.view
        view.model_learnt.connect(self.model_menu.look)
        view.job_changed.connect(self.captions.show)
        view.job_changed.connect(self.settled)
        view.show_wanted.connect(self.show_batch)
        view.close_wanted.connect(self._close_batch)
        view.open_wanted.connect(lambda path: self.open_source(str(path)))
        view.list_closed.connect(self.batch.list_recent)
        view.comparison_wanted.connect(self._ask_model_beside)
        self.model_dialogs.beside_wanted.connect(view.jobs.compare_with)

    def _restore(self) -> None:
        self.resize(*START_SIZE)
        self.restoreGeometry(self._preferences.geometry)
        keep_on_screen(self)
        self.commands.blur.setChecked(self._preferences.is_blurred)
        self._wear(self._preferences.look)
        self._follow_state(LiveState.IDLE)

    def _follow_state(self, state: LiveState) -> None:
        info = self.session.info
        if state is LiveState.IDLE:
            self.empty_view.show_recent(self._preferences.recent)
        if state is LiveState.RUNNING and info is not None:
            self._note_recent(info)
            self.commands.mirror.setChecked(self._preferences.is_mirrored(info.kind))
        self.captions.show()

    def _note_recent(self, info: LiveInfo) -> None:
        request = self.session.request
        if request is not None and info.kind != "camera" and request.word != "sample":
            self._preferences.note_recent(Path(request.word))

    def _forget_recent(self) -> None:
        self._preferences.forget_recent()
        self.empty_view.show_recent(())

    # What the user can do

    def _refuse(self, sentence: str) -> None:
        strip = self.batch.view.strip if self.batch.is_open else self.live_view.strip
        strip.show_trouble(sentence, (self.tr("Choose a file"), self._ask_files))

    def _ask_files(self) -> None:
        self.open_paths(file_dialogs.ask_files(self, self._preferences.folder))

    def _ask_folder(self) -> None:
        folder = file_dialogs.ask_folder(self, self._preferences.folder)
        if folder is not None:
            self.open_paths([folder])

    def _open_batch(self, job: "Job") -> None:
        self.batch.view.jobs.open(job)

    def _show_earlier_batches(self) -> None:
        self.batch.view.dialogs.show_jobs()

    def _close_batch(self) -> None:
        self.batch.view.close_job()
        self.views.setCurrentWidget(self.live_view)
        self.batch.list_recent()

    def _tell_batch_is_done(self, sentence: str) -> None:
        self.live_view.strip.show_notice(sentence, (self.tr("Show it"), self.show_batch))

    def _offer_to_go_on(self, summary: "JobSummary") -> None:
        """Name the batch that was not finished, unless the user is at something else already."""
        is_at_batch = self.batch.is_open or self.batch.is_active
        if self.session.state is LiveState.IDLE and not is_at_batch:
            counts, job = summary.counts, summary.job
            text = self.tr("The batch “{title}” was not looked through to its end.")
            if job.is_scanned:
                left = counts.waiting
                text = self.tr("The batch “{title}” is not finished: %Ln photo(s) left.", "", left)
            go_on = self.tr("Go on"), partial(self._go_on, job)
            self.live_view.strip.show_notice(text.format(title=job.title), go_on)

    def _go_on(self, job: "Job") -> None:
        self.show_batch()
        self.batch.view.jobs.go_on(job)

    def _open_camera(self, word: str, name: str) -> None:
        self.captions.name_camera(word, name)
        self.open_source(word)

    def _start_again(self) -> None:
        """Let what runs follow a new choice, from where it stands."""
        request, preferences = self.session.request_from_here, self._preferences
        if request is not None and self.session.state is not LiveState.IDLE:
            self.session.start(
                replace(
                    request,
                    model=preferences.model,
                    settings=preferences.settings,
                    second_model=None,
                    second_title="",
                )
            )

    def _leave(self) -> None:
        """Leave full screen first, then the source."""
        if self.commands.full_screen.isChecked():
            self.commands.full_screen.setChecked(False)
        else:
            self.session.stop()

    def _set_mirrored(self, is_mirrored: bool) -> None:
        self.live_view.canvas.set_mirrored(is_mirrored)
        if self.session.info is not None:
            self._preferences.set_mirrored(self.session.info.kind, is_mirrored)

    def _set_blurred(self, is_blurred: bool) -> None:
        self.live_view.canvas.set_blurred(is_blurred)
        self._preferences.is_blurred = is_blurred

    def _set_full_screen(self, is_full: bool) -> None:
        self.menuBar().setVisible(not is_full)
        self.tool_bar.setVisible(not is_full)
        self.showFullScreen() if is_full else self.showNormal()

    def _show_settings(self) -> None:
        preferences = self._preferences
        dialog = SettingsDialog(preferences.settings, preferences.look, self)
        dialog.accepted.connect(lambda: self._take_settings(dialog))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_settings(self, dialog: SettingsDialog) -> None:
        language_before = self._preferences.look.language
        self._preferences.look = dialog.look
        self._wear(dialog.look)
        settings = dialog.settings
        if settings != self._preferences.settings:
            self._preferences.settings = settings
            self._start_again()
        if dialog.look.language != language_before:
            self._change_language()

    def _change_language(self) -> None:
        if self.recording.is_active:
            text = self.tr("The window speaks another language once the recording has ended.")
            self.live_view.strip.show_notice(text)
        self.language_changed.emit()

    def _wear(self, look: Look) -> None:
        self._theme.choose(look.colour_scheme)
        self.live_view.canvas.set_label_contents(look.label_contents)

    def _show_keys(self) -> None:
        dialog = KeysDialog(self.commands, self.batch.actions.every, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _watch_both(self, first: "ModelCard", second: "ModelCard") -> None:
        """Let two models answer in what is watched, until one is chosen or the source is left."""
        request = self.session.request_from_here
        if request is not None:
            self.session.start(
                replace(
                    request,
                    model=first.name,
                    second_model=second.name,
                    second_title=second.title,
                )
            )

    def _ask_model_beside(self) -> None:
        if self.batch.job is not None:
            self.model_dialogs.ask_beside(self.batch.job)

    def _show_model_card(self) -> None:
        card = self.captions.card
        if card is not None:
            self.model_dialogs.show_card(card)
