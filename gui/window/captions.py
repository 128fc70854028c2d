"""Says in the tool bar and in the title what is looked at, and which model answers."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.sources.file_check import display_name, is_folder
from gui.batch_door import BatchDoor
from gui.choices.model_picker import ModelMenu
from gui.choices.picker_button import PickerButton
from gui.language.translation import said, translate
from gui.live.live_request import LiveRequest
from gui.live.live_session import LiveSession, LiveState
from gui.live.live_view import LiveView, request_icon, request_title
from gui.preferences import Preferences
from gui.window.actions import Actions

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard


class Captions(QObject):
    """Names source and model, of the live view or of the batch, whichever is shown.

    Attributes:
        camera_names: of those that were chosen, by the word that asks for them.

    Args:
        pickers: the buttons of the source and of the model.
    """

    def __init__(
        self,
        window: QWidget,
        session: LiveSession,
        live_view: LiveView,
        batch: BatchDoor,
        models: ModelMenu,
        pickers: tuple[PickerButton, PickerButton],
        commands: Actions,
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._live_view = live_view
        self._session = session
        self._batch = batch
        self._models = models
        self._source_picker, self._model_picker = pickers
        self._commands = commands
        self._preferences = preferences
        self._title = "Visage"
        self.camera_names: dict[str, str] = {}

    @property
    def card(self) -> "ModelCard | None":
        """The card of the model that is spoken of; None if it is not installed."""
        card = self._models.card(self._batch_model or self._preferences.model)
        if card is not None and self._batch_model not in (None, card.name):
            return None
        return card

    def name_camera(self, word: str, name: str) -> None:
        """Call the camera that `word` asks for by this name from now on."""
        self.camera_names[word] = name

    def show(self) -> None:
        """Name what is looked at by now, and let be done what suits it."""
        request, info = self._session.request, self._session.info
        is_idle = self._session.state is LiveState.IDLE or request is None
        icon, name = "sample", translate("MainWindow", "Choose a source")
        if self._batch.is_open and self._batch.job is not None:
            icon, name, is_idle = "folder", self._batch.job.title, False
        elif request is not None and not is_idle:
            icon = request_icon(request)
            name = self._name_of(request)
        self._source_picker.show_choice(icon, name)
        self._title = "Visage" if is_idle else f"{name} – Visage"
        self.show_title()
        commands = self._commands
        commands.show_batch.setEnabled(self._batch.job is not None and not self._batch.is_open)
        for action in (commands.mirror, commands.blur):
            action.setEnabled(not self._batch.is_open)
        card = self.card
        commands.model_card.setEnabled(card is not None)
        if card is not None:
            self._models.check(card.name)
        title = said(card.title) if card else self._batch_model or translate("MainWindow", "Model")
        if info is not None and self._batch_model is None:
            title = info.model_title
        self._model_picker.show_choice("model", title)

    def show_title(self) -> None:
        """The title, which says how far a batch is: the task bar shows it, too."""
        percent = self._batch.chip.percent
        title = self._title if percent is None else f"{percent} % · {self._title}"
        self._window.setWindowTitle(title)

    @property
    def _batch_model(self) -> str | None:
        """The name of the model of the batch that is shown; None if none is."""
        job = self._batch.job if self._batch.is_open else None
        return None if job is None else job.recipe.model_name

    def _name_of(self, request: LiveRequest) -> str:
        """What is asked for, by the name that the user knows."""
        info = self._session.info
        title = request_title(request)
        shown = self._live_view.shown
        if info is not None and request.is_camera:
            title = info.title
        elif info is not None and info.photo_count and shown and not is_folder(Path(request.word)):
            title = display_name(Path(shown.title))  # the photos beside it are shown, too
        return self.camera_names.get(request.word, title)
