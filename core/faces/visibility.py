"""Why no face may have been seen in a photo where there are some."""

import cv2
import numpy as np

from core.sources.photo import BRIGHT_FROM
from core.types import Image

_GLANCE_PX = 160
"""Longer side of what is looked at: less noise, and quick."""

_ONE_COLOUR_LEVELS = 8
"""Pictures whose colours differ by no more than this, of 255, show nothing."""

_SHARPEST_PERCENT = 99
_SHARP_SHARE = 0.02
"""An edge's share of the contrast from which on it is sharp. The sharpest of 30 everyday pictures
reach 0.12 and more, motion-blurred ones 0.045; blurred by two hundredths of the longer side, where
faces of a quarter of the picture are lost, with the noise of a camera, 0.006 to 0.015."""


def why_unseen(image: Image) -> str | None:
    """A sentence where a picture shows nothing in which a face could be seen; None elsewhere."""
    glance = _glance(image)
    colours = glance.reshape(-1, 3)
    if np.ptp(colours, axis=0).max() <= _ONE_COLOUR_LEVELS:
        is_dark = colours.max() < BRIGHT_FROM  # which is said of it already
        return None if is_dark else "It shows hardly more than one colour."
    return "It is very blurred: faces may stay unseen." if _is_blurred(glance) else None


def _glance(image: Image) -> Image:
    height, width = image.shape[:2]
    scale = _GLANCE_PX / max(height, width)
    if scale >= 1:
        return image
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _is_blurred(glance: Image) -> bool:
    """Whether even the sharpest edges are faint beside the contrast of the picture."""
    grey = cv2.cvtColor(glance, cv2.COLOR_RGB2GRAY)
    edges = np.abs(cv2.Laplacian(grey, cv2.CV_16S)) / 4
    dark, bright = np.percentile(grey, (100 - _SHARPEST_PERCENT, _SHARPEST_PERCENT))
    sharpest = np.percentile(edges, _SHARPEST_PERCENT)
    return bool(sharpest < _SHARP_SHARE * (bright - dark))
