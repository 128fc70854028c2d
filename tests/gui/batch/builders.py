"""Jobs with faces for the pages of the batch window."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from core.batch.record import Job
from core.batch.store import BatchStore
from core.types import Gender
from gui.batch.batch_view import BatchView
from gui.batch.table.row_model import Column
from gui.window.main_window import MainWindow
from tests.core.batch.builders import fill_job, make_face, write_album
from tests.gui.drops import drop, files

PATIENCE_MS = 10_000

CHILD = make_face(7, 0.2, Gender.MALE)
WOMAN = make_face(34, 0.95, Gender.FEMALE)
UNSURE = make_face(70, 0.5, Gender.UNSURE)


def family(store: BatchStore) -> Job:
    """A woman with a child, an unsure face, a landscape, a broken file and one that waits."""
    return fill_job(
        store,
        {
            "two.jpg": [WOMAN, CHILD],
            "old.jpg": [UNSURE],
            "sea.jpg": [],
            "bad.jpg": "bad.jpg is empty.",
            "later.jpg": None,
        },
    )


def label_album(window: MainWindow, folder: Path, count: int, qtbot: QtBot) -> BatchView:
    """Drop an album of so many men, of 20, 22 and so on, and wait until the table has them."""
    write_album(folder, count)
    drop(window, files([folder]))
    view = window.batch.view
    rows = view.table.rows

    def is_read() -> bool:
        ages = [rows.index(row, Column.AGE).data() for row in range(rows.rowCount())]
        return not view.session.is_active and len(ages) == count and all(ages)

    qtbot.waitUntil(is_read, timeout=PATIENCE_MS)
    return view
