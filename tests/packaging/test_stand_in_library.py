import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import slim
import stand_in_library
from contents import ROOT
from core import paths

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or None in (shutil.which("gcc"), shutil.which("nm")),
    reason="needs Linux, gcc and binutils",
)

CALL = "import ctypes, sys; print(getattr(ctypes.CDLL(sys.argv[1]), sys.argv[2])())"
MULTIPLY = """
import numpy as np

draw = np.random.default_rng(0).normal
for kind in (np.float32, np.float64):
    tall, wide = draw(size=(7, 5)).astype(kind), draw(size=(5, 9)).astype(kind)
    slices = draw(size=(14, 10)).astype(kind)[::2, ::2]
    for a in (tall, np.asfortranarray(tall), slices):
        for b in (wide, np.asfortranarray(wide)):
            right = np.einsum("ij,jk->ik", a, b)
            for product, expected in (
                (a @ b, right),
                (b.T @ a.T, right.T),
                (a @ b[:, 1], right[:, 1]),
                (b[:, 1] @ a.T, right[:, 1]),
                (a @ a.T, np.einsum("ij,kj->ik", a, a)),
                (a.T @ a, np.einsum("ji,jk->ik", a, a)),
                (a[:, 1] @ a[:, 2], (a[:, 1] * a[:, 2]).sum()),
                (np.dot(a, kind(3)), a * 3),
            ):
                np.testing.assert_allclose(product, expected, rtol=1e-4, atol=1e-5)
print("right")
np.linalg.inv(np.eye(2))
"""


def compile_c(folder: Path, name: str, code: str, *options: str) -> Path:
    (folder / f"{name}.c").write_text(code)
    library = folder / f"{name}.so"
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-o", library, folder / f"{name}.c", *options], check=True
    )
    return library


def call(library: Path, name: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", CALL, str(library), name]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A library with versions, of whose functions two are asked for by another."""
    (tmp_path / "versions").write_text("OLD_1 { global: asked; on_the_way; never_asked; };\n")
    return compile_c(
        tmp_path,
        "large",
        "int asked(void) { return 1; } int on_the_way(void) { return 2; }"
        "int never_asked(void) { return 3; }",
        f"-Wl,--version-script={tmp_path / 'versions'}",
    )


@pytest.fixture
def other(tmp_path: Path, large: Path) -> Path:
    code = "int asked(void); int on_the_way(void); int sum(void) { return asked() + on_the_way(); }"
    return compile_c(tmp_path, "other", code, str(large))


def test_what_is_asked_on_the_way_is_answered_and_what_is_used_ends_with_the_reason(
    large: Path, other: Path
) -> None:
    stand_in_library.replace(large, [other], answers_none=["on_the_way"])
    assert call(large, "on_the_way").stdout == "0\n"
    ended = call(large, "asked")
    assert ended.returncode < 0
    assert ended.stderr == "Visage was asked for asked, which it leaves out.\n"


def test_what_nobody_asks_for_is_gone_and_versions_stay(large: Path, other: Path) -> None:
    stand_in_library.replace(large, [other])
    kept = stand_in_library.functions(large, "--defined-only")
    assert {name: kept.get(name) for name in ("asked", "on_the_way", "never_asked")} == {
        "asked": "OLD_1",
        "on_the_way": "OLD_1",
        "never_asked": None,
    }


def test_a_function_of_a_source_does_what_it_says(tmp_path: Path, large: Path, other: Path) -> None:
    source = tmp_path / "source.c"
    source.write_text("int asked(void) { return 41; }")
    stand_in_library.replace(large, [other], ["on_the_way"], source)
    ended = call(other, "sum")
    assert (ended.stdout, ended.stderr) == ("41\n", "")


@pytest.fixture
def small_blas(tmp_path: Path) -> Path:
    """A folder with NumPy as the installed app has it."""
    (unused,) = (one for one in slim.UNUSED if one.pattern.startswith("numpy.libs/"))
    packages = Path(np.__file__).parent.parent
    if not any(packages.glob(unused.pattern)):
        pytest.skip("this NumPy comes without OpenBLAS")
    for name in ("numpy", "numpy.libs"):
        shutil.copytree(packages / name, tmp_path / name)
    slim.replace(tmp_path, unused)
    (library,) = tmp_path.glob(unused.pattern)
    assert library.stat().st_size < 100_000
    return tmp_path


def run_python(small_blas: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    folder = str(small_blas)
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": folder, "XDG_DATA_HOME": folder, "XDG_STATE_HOME": folder},
        capture_output=True,
        text=True,
        check=False,
    )


def test_numpy_multiplies_right_with_the_small_blas_and_solves_nothing(small_blas: Path) -> None:
    ended = run_python(small_blas, "-c", MULTIPLY)
    assert ended.stdout == "right\n", ended.stderr
    assert ended.stderr == "Visage was asked for scipy_dcopy_64_, which it leaves out.\n"


def test_a_photo_and_a_video_are_labelled_with_the_small_blas(small_blas: Path) -> None:
    places = {str(paths.sample_photo()), str(paths.sample_clip())}
    ended = run_python(small_blas, ROOT / "main.py", "label", *places)
    assert ended.returncode == 0, ended.stderr
    rows = csv.DictReader(ended.stdout.splitlines())
    assert {row["path"] for row in rows if row["age"] and row["gender"]} == places
