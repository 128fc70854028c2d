import subprocess
import sys
from types import ModuleType

import pytest

from core.faces.stand_ins import stand_ins

FIND_A_FACE = """
import sys

started = []
STARTING = ("subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system")
sys.addaudithook(lambda event, arguments: started.append(arguments) if event in STARTING else None)

from core import paths
from core.assembly import make_photo_search
from core.settings import Settings
from core.sources.photo import load_photo

assert make_photo_search(Settings()).detect_photo(load_photo(paths.sample_photo()).image)
print("started:", started)
vain = ("matplotlib", "sounddevice", "_sounddevice", "cffi", "tensorflow", "jax", "PySide6")
print("imported:", [name for name in vain if name in sys.modules])
"""


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


def test_the_detector_imports_nothing_in_vain_and_starts_no_program() -> None:
    told = subprocess.run(
        [sys.executable, "-c", FIND_A_FACE], check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.splitlines()[-2:] == ["started: []", "imported: []"]
