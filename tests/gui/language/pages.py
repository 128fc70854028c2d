"""Every page and dialog of a window, one after the other, to be read by a test."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.batch.export.export_task import ExportFormat
from core.recording.track_log import TrackSpan
from core.types import Gender
from gui.batch.batch_view import BatchView
from gui.batch.jobs.jobs_dialog import JobsDialog
from gui.batch.jobs.model_question import ModelQuestion
from gui.batch.jobs.skipped_dialog import SkippedDialog
from gui.choices.comparison_dialog import ComparisonDialog
from gui.choices.get_model_dialog import GetModelDialog
from gui.choices.model_card_dialog import ModelCardDialog
from gui.choices.settings_dialog import SettingsDialog
from gui.core_parts import CoreParts
from gui.language.translation import said
from gui.live.tracks_dialog import TracksDialog
from gui.start.crash_dialog import CrashDialog
from gui.window.guide_dialog import GuideDialog
from gui.window.keys_dialog import KeysDialog
from gui.window.main_window import MainWindow
from tests.core.batch.builders import write_album
from tests.gui.batch.batch_parts import BatchCore
from tests.gui.drops import drop, files
from tests.live_fakes import FakeCore, FakeVideo
from tests.model_folders import make_card

PATIENCE_MS = 10_000
TITLE = "Age and gender CNN"
"""That of a model which the project brings, and so is translated."""
FIGURES = {
    "age_mae": 4.2,
    "gender_accuracy": 0.95,
    "by_age_band": {"0-9": {"n": 1200, "age_mae": 2.5, "gender_accuracy": 0.9}},
}


def make_parts() -> CoreParts:
    """A video and a camera that fails; batches of real photos."""
    models = [SimpleNamespace(card=make_card(title=TITLE, figures=FIGURES))]
    live = FakeCore({"sample": FakeVideo(frame_count=6000)}, models=models).parts
    batch = BatchCore().parts
    return replace(live, make_recipe=batch.make_recipe, make_batch_job=batch.make_batch_job)


def pages(window: MainWindow, folder: Path, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """What there is to see, with its name; each is over when the next is asked for."""
    yield "empty", window
    yield from _live_pages(window, folder, qtbot)
    yield from _batch_pages(window, folder, qtbot)
    yield from _dialogs(window)


def every_page(window: MainWindow, folder: Path, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """The pages, and the dialog that asks two models about one of them."""
    yield from pages(window, folder, qtbot)
    window.open_source("sample")
    qtbot.waitUntil(window.commands.compare.isEnabled)
    window.commands.compare.trigger()
    yield from _opened("comparison", window.findChildren(ComparisonDialog)[0])


def _live_pages(window: MainWindow, folder: Path, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    window.open_source("sample")
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    qtbot.waitUntil(lambda: window.live_view.status_line.speed_label.text() != "")
    yield "live", window
    window.open_source(str(folder / "missing.jpg"))
    qtbot.waitUntil(lambda: window.live_view.shown is not None)
    yield "photo", window
    window.live_view.trouble_view.show_trouble("missing.jpg")
    window.live_view.stage.setCurrentWidget(window.live_view.trouble_view)
    yield "trouble", window


def _batch_pages(window: MainWindow, folder: Path, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    write_album(folder / "album", 5)
    (folder / "album" / "broken.jpg").write_bytes(b"no picture")
    (folder / "album" / "notes.txt").write_text("no picture either")
    drop(window, files([folder / "album"]))
    view = window.batch.view
    qtbot.waitUntil(
        lambda: not view.session.is_active and view.table.rows.rowCount() == 6,
        timeout=PATIENCE_MS,
    )
    qtbot.waitUntil(lambda: _chooses_a_face(view))
    yield "table", window
    view.filter_bar.text.setText("nothing")
    qtbot.waitUntil(lambda: view.empty_text != "")
    yield "empty table", window
    view.filter_bar.clear()
    view.pages.buttons.button(1).click()
    qtbot.waitUntil(lambda: len(view.grid.faces.keys) > 0)
    yield "faces", window
    view.pages.buttons.button(2).click()
    qtbot.waitUntil(lambda: not view.statistics.is_empty)
    yield "statistics", window
    view.pages.buttons.button(0).click()
    yield from _batch_dialogs(view, folder, qtbot)


def _chooses_a_face(view: BatchView) -> bool:
    """The rows may be read again meanwhile."""
    view.table.selectRow(0)
    return view.panel.form.isVisible()


def _batch_dialogs(view: BatchView, folder: Path, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    view.dialogs.export()
    export = view.dialogs.exporting
    assert export is not None
    qtbot.waitUntil(export.export_button.isEnabled)
    for kind, button in export.form.format_buttons.items():
        button.click()
        yield f"export as {kind}", export
    export.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    export.form.set_target(folder / "copies")
    export.export_button.click()
    qtbot.waitUntil(export.outcome.isVisible, timeout=PATIENCE_MS)
    yield "exported", export
    export.form.format_buttons[next(iter(export.form.format_buttons))].click()
    export.close()
    view.header.skipped_button.click()
    qtbot.waitUntil(lambda: bool(view.findChildren(SkippedDialog)))
    yield from _opened("left out", view.findChildren(SkippedDialog)[0])
    view.dialogs.show_jobs()
    (jobs,) = view.window().findChildren(JobsDialog)
    qtbot.waitUntil(lambda: jobs.list.topLevelItemCount() == 1)
    yield from _opened("jobs", jobs)
    view.dialogs.learn()
    assert view.dialogs.learning is not None
    yield from _opened("learning", view.dialogs.learning)
    job = view.session.job
    assert job is not None
    cards = [make_card(name="another", title=TITLE), make_card(name="a-third", title=TITLE)]
    yield from _opened(
        "compare a batch", ModelQuestion(job, cards, lambda _: said(TITLE), view.window())
    )


def _dialogs(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    for action, kind in (
        (window.commands.settings, SettingsDialog),
        (window.commands.guide, GuideDialog),
        (window.commands.keys, KeysDialog),
    ):
        action.trigger()
        yield from _opened(kind.__name__, window.findChildren(kind)[0])
    yield from _opened("get a model", GetModelDialog(window.model_dialogs.download, window))
    yield from _opened("card", ModelCardDialog(make_card(title=TITLE, figures=FIGURES), window))
    track = TrackSpan(1, 0.0, 2.0, 9, 34.0, 28.0, 41.0, Gender.FEMALE, 0.96, 120.0, 0.4)
    yield from _opened("people", TracksDialog([track], window))
    yield from _opened("crash", CrashDialog("Traceback", window))


def _opened(name: str, dialog: QDialog) -> Iterator[tuple[str, QWidget]]:
    dialog.show()
    yield name, dialog
    dialog.close()
