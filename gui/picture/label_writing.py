"""Labels that core draws into copies and recordings, written as the window writes."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from core.doubt import DOUBTFUL
from core.label_writing import LabelWriting
from gui.language.words import doubtful_word, gender_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def label_writing() -> LabelWriting:
    """The language and the typeface of the window; any thread may write so."""
    return LabelWriting(_word, _draw_text)


def _word(word: str) -> str:
    said = doubtful_word() if word == DOUBTFUL else gender_word(word)
    return said.lower()


@lru_cache(maxsize=256)
def _draw_text(text: str, size_px: int) -> "NDArray[np.uint8]":
    """How much of each px the text covers, 0-255, shape (H, W)."""
    import numpy as np

    font = QFont()
    font.setPixelSize(size_px)
    metrics = QFontMetrics(font)
    width, height = max(1, metrics.horizontalAdvance(text)), metrics.height()
    picture = QImage(width, height, QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.black)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(0, metrics.ascent(), text)
    painter.end()
    lines = np.frombuffer(picture.constBits(), np.uint8).reshape(height, picture.bytesPerLine())
    return lines[:, :width].copy()
