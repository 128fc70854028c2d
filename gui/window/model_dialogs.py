"""The dialogs about models: a model's card, two beside each other, and one more from the Hub."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from gui.choices.comparison import Comparison
from gui.choices.comparison_dialog import ComparisonDialog
from gui.choices.get_model_dialog import GetModelDialog
from gui.choices.model_card_dialog import ModelCardDialog
from gui.choices.model_download import ModelDownload
from gui.choices.model_picker import ModelMenu
from gui.core_parts import CoreParts
from gui.live.live_session import LiveSession
from gui.live.live_view import LiveView
from gui.preferences import Preferences

if TYPE_CHECKING:
    from core.batch.record import Job
    from core.estimation.model_card import ModelCard


class ModelDialogs(QObject):
    """Opens them above the window.

    Signals:
        model_chosen: carries the name of the model to use from now on.
        both_wanted: carries the cards of two models that shall answer in what is watched.
        beside_wanted: carries the card of the model that shall look at the batch, too.
    """

    model_chosen = Signal(str)
    both_wanted = Signal(object, object)
    beside_wanted = Signal(object)

    def __init__(
        self,
        parts: CoreParts,
        models: ModelMenu,
        live_view: LiveView,
        session: LiveSession,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._models = models
        self._live_view = live_view
        self._session = session
        self._preferences = preferences
        self._window = window
        self._comparison = Comparison(parts, self)
        self.download = ModelDownload(parts, self)
        self.download.done.connect(models.look)

    def stop(self) -> None:
        """End the download."""
        self.download.stop()

    def join(self) -> None:
        """Wait for the threads."""
        self.download.join()
        self._comparison.join()

    def compare(self) -> None:
        """Ask two models about the picture on the screen."""
        shown, info = self._live_view.shown, self._session.info
        current = self._models.card(self._preferences.model)
        if shown is None or shown.result is None or current is None:
            return
        dialog = ComparisonDialog(
            self._comparison,
            shown.result.frame,
            self._models.cards,
            current.name,
            self._preferences.settings,
            self._window,
            is_stream=info is not None and not info.photo_count,
        )
        dialog.both_wanted.connect(self.both_wanted)
        _open(dialog)

    def get(self) -> None:
        """Ask which model to download, and download it."""
        dialog = GetModelDialog(self.download, self._window)
        dialog.use_wanted.connect(self.model_chosen)
        _open(dialog)

    def ask_beside(self, job: "Job") -> None:
        """Ask which other model shall look at the photos of a batch."""
        from gui.batch.jobs.model_question import ModelQuestion

        question = ModelQuestion(job, self._models.cards, self._models.title_of, self._window)
        question.model_chosen.connect(self.beside_wanted)
        _open(question)

    def show_card(self, card: "ModelCard") -> None:
        """Say what is known of a model."""
        _open(ModelCardDialog(card, self._window))


def _open(dialog: QDialog) -> None:
    """The window goes on meanwhile."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
