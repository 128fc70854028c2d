"""The bar above the picture: what is looked at, with which model, and what to do with it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from gui.choices.picker_button import PickerButton
from gui.live.transport_bar import make_button
from gui.window.actions import Actions


class ToolBar(QFrame):
    """Two pickers and what a batch says at the left, actions at the right."""

    def __init__(
        self,
        actions: Actions,
        source_picker: PickerButton,
        model_picker: PickerButton,
        batch_chip: QToolButton,
    ) -> None:
        super().__init__()
        self.setObjectName("toolBar")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(source_picker)
        row.addWidget(model_picker)
        row.addWidget(make_button(actions.model_card))
        row.addWidget(batch_chip)
        row.addStretch()
        for action in (actions.mirror, actions.blur, actions.save_picture, actions.settings):
            row.addWidget(make_button(action))
        self.buttons = self.findChildren(QToolButton)
