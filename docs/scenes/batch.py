"""The pages of a batch."""

from pathlib import Path

from drawn_people import PEOPLE
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget

from core.batch.job_progress import JobProgress
from core.batch.store import BatchStore
from gui.batch.jobs.batch_session import BatchState
from gui.batch.jobs.model_question import ModelQuestion
from gui.batch.table.filter_bar import KINDS
from gui.batch.table.row_model import Column
from gui.core_parts import CoreParts
from gui.preferences import Preferences
from gui.window.main_window import MainWindow
from scenes.albums import ALBUM_SIZE, BROKEN_PHOTOS, make_album, show_album, show_drawn_people
from scenes.dialogs import OTHER_MODEL
from scenes.stage import made_up, settle, wait

ROWS_IN_SIGHT = 10


def show_scan(window: MainWindow) -> QWidget:
    """A scan is over before a picture of it could be taken: the counts are made up."""
    view = window.batch.view
    recipe = CoreParts().make_recipe(None, Preferences().settings)
    with BatchStore.open(view.reader.database_path) as store:
        job = store.create_job(
            made_up("Photos of 2019"), [Path(made_up("/home/ada/Pictures/2019"))], recipe
        )
    view.session.open(job)
    view.show_wanted.emit()
    read: list[bool] = []
    view.reader.ask("scene", lambda _: True, read.append)
    wait(lambda: bool(read))  # what the header says by itself is said
    settle()
    view.header.show_state(BatchState.RUNNING)
    view.header.show_progress(JobProgress(is_scanning=True, total=3500, skipped=12))
    view.table.count_changed.emit(0)
    return window


def show_running(window: MainWindow) -> QWidget:
    """In the middle of a job, whose answers are not known from before."""
    view = window.batch.view
    view.close_job()
    album = make_album(view.reader.database_path.parent, made_up("Summer"), frames_per_photo=2)
    with BatchStore.open(view.reader.database_path) as store:
        for job in store.jobs():
            store.delete_job(job.id)
    window.open_paths([album])
    wait(lambda: view.header.status_label.text().count("·") == 3)  # time is left, too
    wait(lambda: view.table.rows.index(4, Column.AGE).data() not in (None, ""))
    view.table.selectRow(4)
    wait(lambda: view.panel.preview.has_picture)
    return window


def show_table(window: MainWindow) -> QWidget:
    """One face corrected, and chosen."""
    view = show_album(window, page=0)
    view.filter_bar.clear()
    wait(lambda: view.table.rows.rowCount() > ALBUM_SIZE)
    view.table.selectRow(3)
    wait(lambda: view.panel.form.isVisible() and view.panel.preview.has_picture)
    view.panel.form.age.setText("79")
    view.panel.form.age.editingFinished.emit()
    wait(lambda: "✎" in str(view.table.rows.index(3, Column.AGE).data()))
    wait(lambda: _shows_row(window, 3))
    return window


def show_errors(window: MainWindow) -> QWidget:
    """The photos that could not be read, each with its reason."""
    view = show_album(window, page=0)
    view.filter_bar.kind.setCurrentIndex(list(KINDS).index("Could not be read"))
    wait(lambda: view.table.rows.rowCount() == len(BROKEN_PHOTOS))
    view.table.selectRow(0)
    wait(view.panel.reason_label.isVisible)
    return window


def show_no_rows(window: MainWindow) -> QWidget:
    view = show_album(window, page=0)
    view.filter_bar.clear()
    view.filter_bar.text.setText(made_up("Christmas"))
    wait(lambda: bool(view.empty_text))
    return window


def show_faces(window: MainWindow) -> QWidget:
    """The faces of a batch, one of them chosen."""
    view = show_album(window, page=1)
    view.filter_bar.clear()
    wait(lambda: len(view.grid.faces.keys) >= ALBUM_SIZE)
    view.grid.choose_key(view.grid.faces.keys[0])
    for _ in range(8):  # until the pictures in sight are read
        settle()
    return window


def show_people(window: MainWindow) -> QWidget:
    """Women, men and children, each corrected to what it was drawn as."""
    view = show_drawn_people(window, page=1)
    wait(lambda: len(view.grid.faces.keys) == len(PEOPLE))
    nora = sorted(person.name for person in PEOPLE).index("Nora")
    view.grid.choose_key(view.grid.faces.keys[nora])
    for _ in range(8):  # until the pictures in sight are read
        settle()
    return window


def show_statistics(window: MainWindow) -> QWidget:
    view = show_drawn_people(window, page=2)
    view.filter_bar.clear()
    wait(lambda: not view.statistics.is_empty)
    return window


def show_several(window: MainWindow) -> QWidget:
    """Several rows chosen, to be corrected at once."""
    view = show_album(window, page=0)
    view.filter_bar.clear()
    wait(lambda: view.table.rows.rowCount() > ALBUM_SIZE)
    view.table.selectRow(3)
    last = view.table.rows.index(6, 0)
    flag = QItemSelectionModel.SelectionFlag
    chosen = view.table.selectionModel()
    for row in range(4, 7):
        index = view.table.rows.index(row, 0)
        chosen.select(index, flag.Select | flag.Rows)
    chosen.setCurrentIndex(last, flag.NoUpdate)
    wait(lambda: len(view.panel.form.face_ids) == 4 and _shows_row(window, 6))
    return window


def show_person_of_video(window: MainWindow) -> QWidget:
    """When somebody was seen in a video, with the best frame."""
    view = show_album(window, page=0)
    view.filter_bar.clear()
    view.filter_bar.text.setText("film")
    wait(lambda: 0 < view.table.rows.rowCount() < ALBUM_SIZE)
    view.table.selectRow(0)
    wait(lambda: _shows_row(window, 0))
    return window


def show_box(window: MainWindow) -> QWidget:
    """A box that is drawn by hand."""
    show_table(window)
    window.batch.actions.add_face.trigger()
    assert window.batch.view.panel.preview.editor.is_active
    return window


def show_compared(window: MainWindow) -> QWidget:
    """What another model says of the same photos; the farthest apart first."""
    view = show_album(window, page=0)
    job = view.session.job
    assert job is not None
    with BatchStore.open(view.reader.database_path) as store:
        known = [other for other in store.jobs() if other.compared_with == job.id]
    if known:
        view.session.open(known[0])
    else:
        window.batch.actions.compare.trigger()
        question = window.findChildren(ModelQuestion)[-1]
        question.accept()
        question.model_chosen.emit(window.model_menu.card(OTHER_MODEL))
        wait(lambda: view.session.job is not None and view.session.job.compared_with is not None)
        wait(lambda: not view.session.is_active)
    wait(lambda: not view.table.isColumnHidden(Column.DISTANCE))
    view.table.sortByColumn(Column.DISTANCE, Qt.SortOrder.DescendingOrder)
    wait(lambda: _farthest_is_first(window))
    view.table.selectRow(0)
    wait(lambda: _shows_row(window, 0))
    return window


def _farthest_is_first(window: MainWindow) -> bool:
    rows = window.batch.view.table.rows
    texts = [rows.index(row, Column.DISTANCE).data() for row in range(rows.rowCount())]
    years = [float(text[1:].replace(",", ".")) for text in texts if text]
    return bool(years) and bool(texts[0]) and years[0] == max(years)


def _shows_row(window: MainWindow, number: int) -> bool:
    """Whether the panel shows this row, and the rows in sight show their faces."""
    view = window.batch.view
    rows, panel = view.table.rows, view.panel
    row = rows.row(number)
    if row is None or panel.key != rows.key_at(number):
        return False
    seen = filter(None, map(rows.row, range(min(ROWS_IN_SIGHT, rows.rowCount()))))
    has_faces = all(row.face is None or rows.thumbnail(row) is not None for row in seen)
    is_named = panel.name_label.text() == row.facts.path.name
    return has_faces and is_named and panel.preview.has_picture
