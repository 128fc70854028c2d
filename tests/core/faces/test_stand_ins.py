import subprocess
import sys
from types import ModuleType

import pytest

from core.faces.stand_ins import stand_ins


def test_a_stand_in_is_imported_in_place_of_the_module_and_then_forgotten() -> None:
    stand_in = ModuleType("colorsys")
    sys.modules.pop("colorsys", None)
    with stand_ins({"colorsys": stand_in, "chunk_that_is_not_there": None}):
        import colorsys

        assert colorsys is stand_in
        with pytest.raises(ImportError):
            __import__("chunk_that_is_not_there")
    assert "colorsys" not in sys.modules
    import colorsys

    assert colorsys is not stand_in


def test_a_module_that_is_there_already_is_left_alone() -> None:
    with stand_ins({"sys": ModuleType("sys")}):
        assert __import__("sys") is sys


def test_the_detector_imports_neither_matplotlib_nor_tensorflow() -> None:
    code = (
        "import sys; from core.faces.detector import FaceDetector; FaceDetector().close(); "
        "print([name for name in ('matplotlib', 'tensorflow') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.strip().endswith("[]")
