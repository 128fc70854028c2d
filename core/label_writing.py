"""How labels are written into pictures: in what words and letters; light enough for a window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LabelWriting:
    """The language and the typeface of labels.

    Attributes:
        word: what stands for "female", "male", "unsure" and "doubtful".
        draw_text: how much of each px a text covers, of the text and its size in px: 0-255, shape
            (H, W), with one height for all texts of a size. None for Pillow's own typeface, which
            has no letters but those of ASCII.
    """

    word: Callable[[str], str] = str
    draw_text: "Callable[[str, int], NDArray[np.uint8]] | None" = None
