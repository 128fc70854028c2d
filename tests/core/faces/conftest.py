"""The bundled photo, a portrait out of it, and what finds their faces."""

import cv2
import numpy as np
import pytest

from core import paths
from core.assembly import make_photo_search
from core.faces.turned_search import TurnedSearch
from core.settings import Settings
from core.types import Detection, Image
from tests.core.faces.portraits import WOMAN


@pytest.fixture(scope="module")
def search() -> TurnedSearch:
    return make_photo_search(Settings())


@pytest.fixture(scope="module")
def photo() -> Image:
    image = cv2.imread(str(paths.sample_photo()), cv2.IMREAD_COLOR_RGB)
    assert image is not None
    return np.asarray(image, np.uint8)


@pytest.fixture(scope="module")
def portrait(photo: Image) -> Image:
    left, top, right, bottom = WOMAN
    return np.ascontiguousarray(photo[top:bottom, left:right])


@pytest.fixture(scope="module")
def own_face(search: TurnedSearch, portrait: Image) -> Detection:
    """The face of the portrait, in px of the portrait."""
    (face,) = search.detect_photo(portrait)
    return face
