"""Lets the menu of batches, its keys and the context menus act on the parts of the page."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QMenu, QWidget

from core.batch.record import PhotoState
from core.types import Gender
from gui.batch.batch_actions import BatchActions
from gui.batch.jobs.batch_session import BatchState
from gui.batch.row_walk import walk_by_keys

if TYPE_CHECKING:
    from gui.batch.batch_view import BatchView


class BatchKeys(QObject):
    """Joins actions and keys with what does them; they work wherever the focus is."""

    def __init__(self, view: "BatchView", actions: BatchActions) -> None:
        super().__init__(view)
        self._view = view
        self._actions = actions
        self._connect_job()
        self._connect_corrections()
        self._connect_rows()
        self._connect_photo()
        self._add_keys()
        for changed in (view.header.shown, view.panel.changed, view.history.changed):
            changed.connect(self.enable)
        view.pages.buttons.idClicked.connect(self.enable)

    def enable(self) -> None:
        """Let be done what can be done now."""
        view = self._view
        self._actions.enable(is_shown=view.isVisible(), offered=self._offered())
        view.panel.form.undo_button.setEnabled(self._actions.undo.isEnabled())
        self._actions.set_paused(view.session.state is BatchState.PAUSED)

    def _offered(self) -> dict[QAction, bool]:
        """What depends on the state of the batch, on what is chosen, and on what was done."""
        actions, view = self._actions, self._view
        panel, preview = view.panel, view.panel.preview
        is_seen = not panel.isHidden()
        photo, has_picture = preview.photo, preview.has_picture and is_seen
        is_labelled = photo is not None and photo.facts.state is PhotoState.DONE
        offered = {
            action: not button.isHidden() and button.isEnabled()
            for action, button in self._buttons.items()
        }
        offered |= dict.fromkeys(actions.on_rows, is_seen and bool(view.choice.keys))
        offered |= dict.fromkeys(actions.on_faces, is_seen and bool(panel.form.face_ids))
        offered |= dict.fromkeys(actions.on_picture, has_picture)
        offered[actions.add_face] = has_picture and is_labelled
        offered[actions.redraw_box] = has_picture and preview.face is not None
        offered[actions.bring_back] = is_seen and is_labelled
        offered[actions.undo] = view.history.can_undo or panel.form.is_typed_in
        return offered

    @property
    def _buttons(self) -> dict[QAction, QAbstractButton]:
        actions, header = self._actions, self._view.header
        return {
            actions.pause: header.pause_button,
            actions.go_on: header.go_on_button,
            actions.cancel: header.cancel_button,
            actions.retry: header.retry_button,
            actions.again: header.again_button,
            actions.skipped: header.skipped_button,
            actions.export: header.export_button,
            actions.close: header.close_button,
        }

    def _connect_job(self) -> None:
        """The menu does what the buttons of the header do, and more."""
        actions, view = self._actions, self._view
        for action, button in self._buttons.items():
            action.triggered.connect(button.click)
        actions.find.triggered.connect(view.filter_bar.text.setFocus)
        actions.rename.triggered.connect(view.dialogs.ask_title)
        actions.learn.triggered.connect(view.dialogs.learn)
        actions.compare.triggered.connect(view.comparison_wanted)

    def _connect_corrections(self) -> None:
        actions, form, boxes = self._actions, self._view.panel.form, self._view.boxes
        actions.correct_age.triggered.connect(form.take_focus)
        for action, gender in (
            (actions.female, Gender.FEMALE),
            (actions.male, Gender.MALE),
            (actions.unsure, Gender.UNSURE),
        ):
            action.triggered.connect(partial(form.set_gender, gender))
        actions.undo.triggered.connect(self._view.panel.undo)
        actions.add_face.triggered.connect(boxes.add)
        actions.redraw_box.triggered.connect(boxes.redraw)
        actions.remove_faces.triggered.connect(lambda: boxes.remove(form.face_ids))
        actions.bring_back.triggered.connect(boxes.bring_back)

    def _connect_rows(self) -> None:
        actions, commands = self._actions, self._view.commands
        actions.open_photo.triggered.connect(commands.open_full_size)
        actions.show_in_folder.triggered.connect(commands.show_in_folder)
        actions.copy_rows.triggered.connect(commands.copy_rows)
        actions.leave_out.triggered.connect(commands.leave_out)

    def _connect_photo(self) -> None:
        actions, view = self._actions, self._view
        preview = view.panel.preview
        actions.copy_picture.triggered.connect(view.changes.copy_picture)
        actions.zoom_in.triggered.connect(preview.zoom.zoom_in)
        actions.zoom_out.triggered.connect(preview.zoom.zoom_out)
        actions.zoom_fit.triggered.connect(preview.zoom.fit)
        preview.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for widget in (view.table, view.grid.view, preview):
            widget.customContextMenuRequested.connect(partial(self._show_menu, widget))

    def _show_menu(self, widget: QWidget, position: QPoint) -> None:
        """What can be done with the chosen rows, where the mouse or the row is."""
        menu = QMenu(self._view)
        for action in self._actions.of_rows:
            menu.addSeparator() if action is None else menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
        menu.popup(place.mapToGlobal(position))

    def _add_keys(self) -> None:
        """Those that are no action's: a digit begins an age, Enter leads to it, capitals count as
        letters, and the arrows walk."""
        view, actions = self._view, self._actions
        for digit in range(10):
            typed = QShortcut(QKeySequence(str(digit)), view)
            typed.activated.connect(partial(view.panel.form.begin_age, str(digit)))
        for action in (actions.female, actions.male, actions.unsure):
            capital = QShortcut(QKeySequence(f"Shift+{action.shortcut().toString()}"), view)
            capital.activated.connect(action.trigger)
        for rows in (view.table, view.grid.view):
            walk_by_keys(rows)
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                enter = QShortcut(QKeySequence(key), rows)
                enter.setContext(Qt.ShortcutContext.WidgetShortcut)
                enter.activated.connect(view.panel.form.take_focus)
