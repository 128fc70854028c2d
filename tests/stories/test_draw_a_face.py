"""Somebody deletes a face that is none of hers, draws it again by hand, and exports the table."""

import csv
from pathlib import Path

from PIL import Image as Pillow
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core import paths
from core.batch.record import LabelledFace
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.jobs.batch_session import BatchState
from gui.batch.panel.photo_preview import PhotoPreview
from gui.core_parts import CoreParts
from gui.picture.box_editor import STEP_PX
from tests.gui.drops import drop, files
from tests.window_fixtures import MakeWindow

PATIENCE_MS = 30_000
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def move_box_to(preview: PhotoPreview, face: LabelledFace) -> None:
    """Press the arrows until the box stands over a face, as someone does who watches it."""
    photo = preview.photo
    assert photo is not None
    factor = preview.zoom.area.width() / photo.facts.width_px
    place = preview.zoom.area.topLeft() + QPointF(*face.face.box.centre) * factor
    for _ in range(400):
        assert preview.editor.shown is not None
        away = place - preview.editor.shown.center()
        if max(abs(away.x()), abs(away.y())) <= STEP_PX:
            return
        if abs(away.x()) > STEP_PX:
            press(Qt.Key.Key_Right if away.x() > 0 else Qt.Key.Key_Left)
        if abs(away.y()) > STEP_PX:
            press(Qt.Key.Key_Down if away.y() > 0 else Qt.Key.Key_Up)
    raise AssertionError("The box does not get there.")


def test_a_face_is_deleted_and_drawn_again_by_keys_alone_and_the_table_says_so(
    make_window: MakeWindow, model_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "album").mkdir()
    Pillow.open(paths.sample_photo()).save(tmp_path / "album" / "two.png")
    window = make_window(CoreParts())
    window.resize(1280, 800)
    drop(window, files([tmp_path / "album"]))
    view = window.batch.view
    preview, keys = view.panel.preview, view.table.rows

    def is_done() -> bool:
        return view.session.state is BatchState.RESTING and min(keys.keys, default=0) > 0

    qtbot.waitUntil(is_done, timeout=PATIENCE_MS)
    view.table.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    qtbot.waitUntil(lambda: preview.has_picture and preview.face is not None, timeout=PATIENCE_MS)
    first = preview.face
    assert first is not None

    press(Qt.Key.Key_Delete, SHIFT)
    qtbot.waitUntil(lambda: len(keys.keys) == 1, timeout=PATIENCE_MS)
    press(Qt.Key.Key_A)
    assert preview.editor.is_new
    move_box_to(preview, first)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(keys.keys) == 2, timeout=PATIENCE_MS)
    drawn = next(key for key in keys.keys if key > first.id)
    qtbot.waitUntil(lambda: view.panel.key == drawn and preview.face is not None)
    assert preview.face is not None
    assert preview.face.detection.has_landmarks, "the second look sees the face"
    assert view.panel.reason_label.text() == "Face 1 of 2 · its box is by hand"

    target = tmp_path / "faces.csv"
    press(Qt.Key.Key_S, CTRL)
    (dialog,) = window.findChildren(ExportDialog)
    dialog.form.set_target(target)
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=PATIENCE_MS)
    dialog.export_button.click()
    qtbot.waitUntil(dialog.outcome.isVisible, timeout=PATIENCE_MS)
    dialog.close()
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["box_by"] for row in rows] == ["hand", "detector"]
