"""Does a smile pass for age? The bias on faces that smile, beside that on faces that do not.

UTKFace does not say who smiles. OpenCV's cascade for smiles (Haar features, O. Deniz Suarez) marks
a smile many times over, at neighbouring places and sizes. The number of marks errs on single faces,
but it tells the third that smiles most from the third that smiles least.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.types import Image
from training.measuring.answers import Answers
from training.measuring.metrics import summarise

SPANS: tuple[tuple[str, int, int], ...] = (("20-39", 20, 39), ("40-59", 40, 59), ("60+", 60, 200))
"""Name, first and last year: smiles are not spread evenly over the ages, and bias is not either."""

_CASCADE_FILE = Path(cv2.__file__).parent / "data" / "haarcascade_smile.xml"
_MOUTH = np.s_[100:195, 25:175]
"""Where mouths are in a chip of 200 px."""
_MIN_PX, _MAX_PX = (40, 20), (130, 70)
_SCALE_STEP = 1.1


def smile_marks(images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How often the cascade marks a smile on each chip, (N,).

    Args:
        images: shape (N, 200, 200, 3).
    """
    cascade = cv2.CascadeClassifier(str(_CASCADE_FILE))
    return np.array([_count_marks(cascade, image) for image in images], dtype=np.int64)


def _count_marks(cascade: cv2.CascadeClassifier, image: Image) -> int:
    mouth = cv2.equalizeHist(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[_MOUTH])
    return len(
        cascade.detectMultiScale(
            mouth, _SCALE_STEP, minNeighbors=0, minSize=_MIN_PX, maxSize=_MAX_PX
        )
    )


def measure_smiles(answers: Answers, marks: NDArray[np.int64]) -> dict[str, dict[str, Any]]:
    """The summary of the third that smiles least and of the one that smiles most, in each span.

    Args:
        marks: of `smile_marks`, (N,). Spans without such faces are left out.
    """
    measured = {}
    for name, first, last in SPANS:
        is_in = (answers.true_age_years >= first) & (answers.true_age_years <= last)
        if not is_in.any():
            continue
        few, many = np.quantile(marks[is_in], (1 / 3, 2 / 3))
        measured[name] = {
            "neutral": summarise(answers.chosen(is_in & (marks <= few))),
            "smiling": summarise(answers.chosen(is_in & (marks >= many))),
        }
    return measured


def smiles_table(measured: Mapping[str, Mapping[str, Any]]) -> str:
    """Bias and error of both as lines of text."""
    lines = [f"{'ages':>7} {'':>9} {'n':>5} {'bias':>6} {'MAE':>6}"]
    for name, kinds in measured.items():
        for kind, row in kinds.items():
            lines.append(
                f"{name:>7} {kind:>9} {row['n']:5.0f} {row['age_bias']:+6.2f} {row['age_mae']:6.2f}"
            )
    return "\n".join(lines)
