"""The menu of models, each with what was measured of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from core.estimation.comparable_figures import comparable
from core.text import one_line
from gui.background import BackgroundCall
from gui.core_parts import CoreParts
from gui.language.translation import said, translate
from gui.language.words import decimal

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard
    from core.estimation.model_folder import ModelFolder


class ModelMenu(QMenu):
    """The installed models; one is checked.

    Signals:
        model_chosen: the name of a model.
        filled: the models are known.
        get_wanted: the user wants one more.
    """

    model_chosen = Signal(str)
    filled = Signal()
    get_wanted = Signal()

    def __init__(self, parts: CoreParts, parent: QWidget) -> None:
        super().__init__(self.tr("&Model"), parent)
        self._models: dict[str, ModelFolder] = {}
        self._group = QActionGroup(self)
        self._search = BackgroundCall(parts.find_models, self)
        self._search.done.connect(self._fill)

    def look(self) -> None:
        """Find the models, in another thread."""
        self._search.start()

    def fill_like(self, other: "ModelMenu") -> None:
        """Offer what another menu knows already, until the search is over."""
        if other._models:
            self._fill(tuple(other._models.values()))

    def join(self) -> None:
        """Wait for a search that is still going on."""
        self._search.join()

    def card(self, name: str | None) -> "ModelCard | None":
        """The card of the model called `name`, or of the default one; None if there is none."""
        model = self._models.get(name or "") or next(iter(self._models.values()), None)
        return model.card if model else None

    def title_of(self, name: str) -> str:
        """What a model is called to a person: its title; its name where it is not installed."""
        model = self._models.get(name)
        return one_line(said(model.card.title) if model else name)

    @property
    def cards(self) -> "tuple[ModelCard, ...]":
        """The cards of all models, the default one first."""
        return tuple(model.card for model in self._models.values())

    @property
    def choices(self) -> list[QAction]:
        """An action for each model."""
        return self._group.actions()

    def check(self, name: str) -> None:
        """Mark the model that is used."""
        for action in self.choices:
            action.setChecked(action.data() == name)

    def _fill(self, models: "tuple[ModelFolder, ...]") -> None:
        self._models = {model.card.name: model for model in models}
        self.clear()
        for card in (model.card for model in models):
            action = self.addAction(f"{said(card.title)}\t{summary(card)}".replace("&", "&&"))
            action.setCheckable(True)
            action.setData(card.name)
            self._group.addAction(action)
            action.triggered.connect(
                lambda _checked=False, name=card.name: self.model_chosen.emit(name)
            )
        if not models:
            self.addAction(self.tr("No model is installed.")).setEnabled(False)
        self.addSeparator()
        self.addAction(self.tr("&Get a model…")).triggered.connect(self.get_wanted)
        self.filled.emit()


def summary(card: "ModelCard") -> str:
    """The two measured figures that matter most, as "age ±6.5 years, gender 92 %"."""
    parts = []
    figures = comparable(card).figures
    age_mae, gender_accuracy = map(figures.get, ("age_mae", "gender_accuracy"))
    if isinstance(age_mae, int | float):
        parts.append(translate("ModelMenu", "age ±{error} years").format(error=decimal(age_mae)))
    if isinstance(gender_accuracy, int | float):
        share = round(gender_accuracy * 100)
        parts.append(translate("ModelMenu", "gender {share} %").format(share=share))
    return ", ".join(parts) or translate("ModelMenu", "not measured")
