"""What a browser sends as a picture goes through Visage's own door."""

import base64
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from core import paths
from gui.web import photos
from gui.web.live import LiveViews
from gui.web.photos import SharedLabeller
from gui.web.words import LANGUAGES

pytest.importorskip("gradio")


def test_what_is_no_picture_for_visage_is_a_sentence_for_the_browser(tmp_path: Path) -> None:
    from gui.web.page import picture_field

    program, thin = tmp_path / "program.png", tmp_path / "thin.png"
    Pillow.new("RGB", (8, 8)).save(program, "EPS")
    Pillow.new("1", (1, 1_000_001)).save(thin)
    field = picture_field()
    for path in (program, thin):
        given = field.data_model(path=str(path), orig_name=path.name)
        error: Any = field.preprocess(given)
        assert not path.exists()
        assert re.search(r"is not a picture that Visage|is too long", str(error))
        for told in (
            photos.label_pixels(SharedLabeller(), error, "visage", False, LANGUAGES["fr"]),
            LiveViews().look("a session", error, "visage", LANGUAGES["fr"]),
        ):
            assert re.search("n’est pas une image que Visage|est trop long", told)


def test_a_picture_comes_as_a_file_which_is_removed_or_within_its_address(
    tmp_path: Path,
) -> None:
    from gui.web.page import picture_field

    field, sent = picture_field(), tmp_path / "sent" / "sample.jpg"
    sent.parent.mkdir()
    shutil.copy(paths.sample_photo(), sent)
    content = base64.b64encode(sent.read_bytes()).decode()
    address = f"data:image/jpeg;base64,{content}"
    for given in (field.data_model(path=str(sent)), field.data_model(url=address)):
        assert np.asarray(field.preprocess(given)).shape == (1200, 1800, 3)
    assert field.preprocess(None) is None
    assert not sent.parent.exists()
