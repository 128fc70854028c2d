"""The dialogs above a batch."""

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from core.batch.export.export_task import ExportFormat
from core.batch.row_filter import RowFilter
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.jobs.jobs_dialog import JobsDialog
from gui.batch.jobs.model_question import ModelQuestion
from gui.batch.jobs.skipped_dialog import SkippedDialog
from gui.window.main_window import MainWindow
from scenes.albums import show_album
from scenes.stage import made_up, opened, wait


def show_skipped(window: MainWindow) -> QWidget:
    view = show_album(window, page=0)
    view.filter_bar.clear()
    wait(view.header.skipped_button.isVisible)
    view.header.skipped_button.click()
    wait(lambda: bool(view.findChildren(SkippedDialog)))
    return view.findChildren(SkippedDialog)[-1]


def show_jobs(window: MainWindow) -> QWidget:
    show_album(window, page=0)
    window.commands.earlier_batches.trigger()
    dialog = window.findChildren(JobsDialog)[-1]
    wait(lambda: dialog.list.topLevelItemCount() > 0)
    return dialog


def show_export(window: MainWindow) -> QWidget:
    view = show_album(window, page=0)
    job = view.session.job
    assert job is not None
    dialog = ExportDialog(view.reader.database_path, job, RowFilter(max_age_years=50), window)
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].setFocus()
    dialog.form.blur_box.setChecked(True)
    dialog.form.set_target(Path(made_up("/home/ada/Pictures/annotated photos")))
    opened(dialog)
    wait(dialog.export_button.isEnabled)
    return dialog


def show_exported(window: MainWindow) -> QWidget:
    """What is said at the end of an export."""
    view = show_album(window, page=0)
    job = view.session.job
    assert job is not None
    dialog = ExportDialog(view.reader.database_path, job, RowFilter(), window)
    dialog.form.set_target(Path(tempfile.mkdtemp(), made_up("faces.csv")))
    opened(dialog)
    wait(dialog.export_button.isEnabled)
    dialog.export_button.click()
    wait(dialog.outcome.isVisible)
    return dialog


def show_model_question(window: MainWindow) -> QWidget:
    """Which other model shall look at a batch."""
    show_album(window, page=0)
    window.batch.actions.compare.trigger()
    return window.findChildren(ModelQuestion)[-1]
