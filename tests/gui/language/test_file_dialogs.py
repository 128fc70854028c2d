"""Qt's own file dialogs, which are shown where the desktop has none."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHeaderView, QLabel, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from gui.language.translation import speak

MODE = QFileDialog.FileMode
SAME_IN_BOTH = {"Type"}


def texts(mode: QFileDialog.FileMode, folder: Path, qtbot: QtBot) -> set[str]:
    """Every text of a dialog but what the folder and the computer are called."""
    dialog = QFileDialog(None, "", str(folder))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    if mode is MODE.AnyFile:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.show()
    found: set[str] = set()
    for widget in dialog.findChildren(QWidget):
        found |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QAbstractButton):
            found.add(widget.text())
        if isinstance(widget, QHeaderView):
            titles = widget.model()
            for column in range(titles.columnCount()):
                found.add(titles.headerData(column, Qt.Orientation.Horizontal))
    found |= {action.text() for action in dialog.findChildren(QAction)}
    (tree,) = dialog.findChildren(QTreeView)
    rows = tree.model()
    qtbot.waitUntil(lambda: rows.rowCount(tree.rootIndex()) == 1)
    found.add(rows.index(0, 2, tree.rootIndex()).data())
    return found - {"", None}


@pytest.mark.parametrize("mode", [MODE.ExistingFiles, MODE.Directory, MODE.AnyFile])
def test_no_english_is_left_in_french(
    mode: QFileDialog.FileMode, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "album"
    (folder / "2026").mkdir(parents=True)
    speak("en")
    english = texts(mode, folder, qtbot)
    speak("fr")
    french = texts(mode, folder, qtbot)
    assert {"&Look in:", "Files of &type:", "Folder"} <= english
    assert english & french <= SAME_IN_BOTH
