"""Why no face may have been seen in a photo where there are some."""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.sources.photo import BRIGHT_FROM
from core.types import Image

Grey = NDArray[Any]
"""Brightness 0-255, of shape (H, W)."""

_GLANCE_PX = 160
"""Longer side of what is looked at: less noise, and quick."""

_ONE_COLOUR_LEVELS = 8
"""Pictures whose colours differ by no more than this, of 255, show nothing."""

_FAINT_LEVELS = 15
"""Up to here faces that fill a quarter of the picture are lost."""

_SHARPEST_PERCENT = 99
_SHARP_SHARE = 0.02
"""An edge's share of the contrast from which on it is sharp. The sharpest of 30 everyday pictures
reach 0.12 and more, motion-blurred ones 0.045; blurred by two hundredths of the longer side, where
faces of a quarter of the picture are lost, with the noise of a camera, 0.006 to 0.015."""


_DIRECTIONS = 12
_SHARPEST_ALONG_PERCENT = 99.8

_MOVED_SHARE = 0.045
"""Where the camera moved, an edge's share of the contrast along its way: blurred by a tenth of the
longer side, where the faces of the sample are lost, it is 0.022 to 0.042; in 75 sharp pictures,
screenshots among them, 0.11 and more."""

_MOVED_TIMES = 3
"""By how much sharper edges are in another direction: what is out of focus is soft in all."""

_FAINT = 1.5
_MOVED_CONTRAST = 0.56
"""The contrast along the way, and along all that are as faint but for this factor, of that of the
picture; along stripes or a horizon there is hardly any."""


def why_unseen(image: Image) -> str | None:
    """A sentence where a picture shows nothing in which a face could be seen; None elsewhere."""
    glance = _glance(image)
    colours = glance.reshape(-1, 3)
    levels = np.ptp(colours, axis=0).max()
    if levels <= _FAINT_LEVELS and colours.max() < BRIGHT_FROM:
        return None  # it is dark, which is said of it already
    if levels <= _ONE_COLOUR_LEVELS:
        return "It shows hardly more than one colour."
    if levels <= _FAINT_LEVELS:
        return "It has hardly any contrast: faces may stay unseen."
    grey = cv2.cvtColor(glance, cv2.COLOR_RGB2GRAY)
    is_blurred = _is_blurred(grey) or _is_moved(grey)
    return "It is very blurred: faces may stay unseen." if is_blurred else None


def _glance(image: Image) -> Image:
    height, width = image.shape[:2]
    scale = _GLANCE_PX / max(height, width)
    if scale >= 1:
        return image
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _is_blurred(grey: Grey) -> bool:
    """Whether even the sharpest edges are faint beside the contrast of the picture."""
    edges = np.abs(cv2.Laplacian(grey, cv2.CV_16S)) / 4
    sharpest = np.percentile(edges, _SHARPEST_PERCENT)
    return bool(sharpest < _SHARP_SHARE * _contrast(grey))


def _is_moved(grey: Grey) -> bool:
    """Whether edges across one direction alone are faint, as a camera that moved leaves them."""
    turned = [_turned(grey, 180 * number / _DIRECTIONS) for number in range(_DIRECTIONS)]
    sharpest = [_sharpest_along_rows(one) for one in turned]
    least, most, whole = min(sharpest), max(sharpest), _contrast(grey)
    if most <= _MOVED_TIMES * least or whole <= _ONE_COLOUR_LEVELS:
        return False
    faint = (one for one, sharp in zip(turned, sharpest, strict=True) if sharp <= _FAINT * least)
    contrast = min(map(_contrast_along_rows, faint))
    return contrast > _MOVED_CONTRAST * whole and least < _MOVED_SHARE * contrast


def _turned(grey: Grey, degrees: float) -> Grey:
    """The picture turned about its centre, NaN around it."""
    height, width = grey.shape
    side = math.ceil(math.hypot(height, width))
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    turn[:, 2] += (side - width) / 2, (side - height) / 2
    pixels = grey.astype(np.float32)
    return np.asarray(cv2.warpAffine(pixels, turn, (side, side), borderValue=math.nan))


def _sharpest_along_rows(grey: Grey) -> float:
    edges = np.abs(grey[:, 2:] - 2 * grey[:, 1:-1] + grey[:, :-2]) / 2
    known = edges[np.isfinite(edges)]
    return float(np.percentile(known, _SHARPEST_ALONG_PERCENT)) if known.size else 0.0


def _contrast_along_rows(grey: Grey) -> float:
    """How far values of a row are apart, whatever its mean."""
    is_known = np.isfinite(grey)
    means = np.nansum(grey, axis=1) / np.maximum(1, np.count_nonzero(is_known, axis=1))
    return _contrast((grey - means[:, None])[is_known])


def _contrast(values: Grey) -> float:
    if not values.size:
        return 0.0
    dark, bright = np.percentile(values, (100 - _SHARPEST_PERCENT, _SHARPEST_PERCENT))
    return float(bright - dark)
