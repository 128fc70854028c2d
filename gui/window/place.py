"""What a window is at, for another window that takes its place."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import Qt

from gui.live.live_request import LiveRequest
from gui.live.live_session import SPEEDS, LiveState
from gui.window.guide_dialog import open_chapter, show_guide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.batch.record import Job
    from core.batch.row_query import RowKey
    from core.recording.recorder import Recorded
    from gui.batch.batch_view import BatchView
    from gui.batch.table.filter_bar import FilterEntries
    from gui.batch.table.row_model import Column
    from gui.picture.zoom import ZoomPlace
    from gui.window.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class BatchPlace:
    """A job as it is shown, or stands behind a source.

    Attributes:
        is_running: whether it is to go on, be it paused.
        is_open: whether it is what the window shows.
        page: the number of the page that is chosen.
        entries: of the filter.
        column: the table is sorted by it.
        key: of the row that has the keys; None if none has.
        chosen_keys: of all rows that are chosen.
        widths_px: of the columns that the user made wider or narrower.
        rows_share: what the user gave the rows beside the photo; None if that was left to the page.
        zoom: of the photo beside the rows.
    """

    job: "Job"
    is_running: bool
    is_paused: bool
    is_open: bool
    page: int
    entries: "FilterEntries"
    column: int
    order: Qt.SortOrder
    key: "RowKey | None"
    chosen_keys: "Sequence[RowKey]"
    widths_px: "Mapping[Column, int]"
    rows_share: float | None
    zoom: "ZoomPlace"

    @classmethod
    def of(cls, view: "BatchView", job: "Job", *, is_open: bool) -> Self:
        """Where `view` is with a job."""
        header = view.table.horizontalHeader()
        return cls(
            job=job,
            is_running=view.session.is_active,
            is_paused=view.header.is_paused,
            is_open=is_open,
            page=view.pages.buttons.checkedId(),
            entries=view.filter_bar.entries,
            column=header.sortIndicatorSection(),
            order=header.sortIndicatorOrder(),
            key=view.panel.key,
            chosen_keys=tuple(view.choice.keys),
            widths_px=view.table.chosen_widths_px,
            rows_share=view.sides.chosen_share,
            zoom=view.panel.preview.zoom.place,
        )

    def show_in(self, window: "MainWindow") -> None:
        """Go there."""
        view = window.batch.view
        view.session.open(self.job)
        for column, width_px in self.widths_px.items():
            view.table.setColumnWidth(column, width_px)
        view.sides.chosen_share = self.rows_share
        view.filter_bar.enter(self.entries)
        view.table.sortByColumn(self.column, self.order)
        view.pages.buttons.button(self.page).click()
        if self.key is not None:
            view.choice.choose_key(self.key, self.chosen_keys)
            view.panel.preview.zoom.go_to(self.zoom)
        if self.is_running:
            view.jobs.go_on(self.job)
        if self.is_paused:
            once = Qt.ConnectionType.SingleShotConnection
            view.session.progressed.connect(lambda _: view.session.pause(), once)
        if self.is_open:
            window.show_batch()


@dataclass(frozen=True, slots=True)
class Place:
    """A source, a batch, or the first page; a batch may go on behind the others.

    Attributes:
        request: the source, from where it stands; None if none is looked at.
        state: how the source stands.
        speed: of videos.
        zoom: of the picture of the source.
        camera_names: of those that were chosen, by the word that asks for them.
        recorded: the recording of which the window speaks; None if it does not.
        batch: None if no job is open.
        chapter: of the guide; None if it is not open.
    """

    request: LiveRequest | None
    state: LiveState
    speed: float
    is_looping: bool
    is_full_screen: bool
    zoom: "ZoomPlace"
    camera_names: "Mapping[str, str]"
    recorded: "Recorded | None"
    batch: BatchPlace | None
    chapter: int | None

    @classmethod
    def of(cls, window: "MainWindow") -> Self:
        """Where `window` is."""
        session, batch, job = window.session, window.batch, window.batch.job
        request = session.request_from_here
        if session.state is LiveState.IDLE or request is None:
            request = None
        else:
            request = replace(request, log=session.log)
        return cls(
            request=request,
            state=session.state,
            speed=session.speed,
            is_looping=window.commands.loop.isChecked(),
            is_full_screen=window.commands.full_screen.isChecked(),
            zoom=window.live_view.canvas.zoom.place,
            camera_names=window.captions.camera_names,
            recorded=window.recording.told,
            batch=None if job is None else BatchPlace.of(batch.view, job, is_open=batch.is_open),
            chapter=open_chapter(window),
        )

    def show_in(self, window: "MainWindow") -> None:
        """Go there."""
        window.commands.full_screen.setChecked(self.is_full_screen)
        window.live_view.change_speed(SPEEDS.index(self.speed) - SPEEDS.index(1.0))
        window.commands.loop.setChecked(self.is_looping)
        if self.chapter is not None:
            show_guide(window, self.chapter)
            window.activateWindow()  # the guide lies beside it
        if self.batch is not None:
            self.batch.show_in(window)
        if self.request is not None:
            for word, name in self.camera_names.items():
                window.captions.name_camera(word, name)
            window.session.start(self.request)
            window.live_view.canvas.zoom.go_to(self.zoom)
        if self.recorded is not None:
            self._tell_recorded(window, self.recorded)

    def _tell_recorded(self, window: "MainWindow", recorded: "Recorded") -> None:
        """Speak of a recording, once nothing else of the source is to be told."""
        session = window.session

        def follow(state: LiveState) -> None:
            if state is self.state:
                session.state_changed.disconnect(follow)
                window.recording.tell(recorded)

        session.state_changed.connect(follow)
        if session.state is self.state:
            follow(session.state)
