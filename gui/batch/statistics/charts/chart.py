"""What a chart is to those who show it or write it to a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from gui.theme import Colours


@dataclass(frozen=True, slots=True)
class Series:
    """What one colour stands for.

    Attributes:
        colour: a field of `Colours`.
    """

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a chart that answers when it is pointed at."""

    area: QRectF
    text: str


class Chart(Protocol):
    """Draws itself into any rectangle. Lengths are in px of the painter."""

    @property
    def title(self) -> str: ...

    @property
    def values_text(self) -> str:
        """All that it shows, in words: for those who cannot see it."""
        ...

    def marks(self, area: QRectF, font: QFont) -> Sequence[Mark]:
        """The places that answer, in a chart that fills `area`."""
        ...

    def paint(
        self, painter: QPainter, area: QRectF, colours: Colours, pointed_at: int | None = None
    ) -> None:
        """Fill `area` in the painter's font.

        Args:
            pointed_at: the number of the mark to bring out.
        """
        ...
