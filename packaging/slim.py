"""Makes the built Linux folder smaller where whole files are needed, and not all that is in them.

`LEFT_OUT` in contents.py is what is not needed at all.
"""

import subprocess
from pathlib import Path

import icu_data

STAND_IN = Path(__file__).parent / "linux" / "lapack_stand_in.c"
WITH_SYMBOLS = (
    "mediapipe/tasks/c/libmediapipe.so",
    "libpython3.*.so*",
    "PIL/_imaging.cpython-*.so",
    "PySide6/Qt/lib/libicui18n.so.*",
    "PySide6/Qt/lib/libicuuc.so.*",
)
"""Other libraries come stripped, or break when they are (NumPy's are patched)."""

ICU_DATA = "PySide6/Qt/lib/libicudata.so.*"
OPENCV_LIBRARIES = "opencv_python_headless.libs"
LAPACK = "libopenblas*.so"
LAPACK_ALONE_NEEDS = ("libgfortran*.so*", "libquadmath*.so*")


def slim(libraries: Path) -> None:
    """Shrink the folder `libraries`, which holds what the app was collected of."""
    for pattern in WITH_SYMBOLS:
        for library in libraries.glob(pattern):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    for library in libraries.glob(ICU_DATA):
        icu_data.shrink(library)
    replace_lapack(libraries / OPENCV_LIBRARIES)
    for link in libraries.glob("*.so*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def replace_lapack(folder: Path) -> None:
    """Put the stand-in where OpenCV looks for OpenBLAS."""
    (library,) = folder.glob(LAPACK)
    for pattern in LAPACK_ALONE_NEEDS:
        for needed in folder.glob(pattern):
            needed.unlink()
    command = ["gcc", "-shared", "-fPIC", "-Os", "-s", f"-Wl,-soname,{library.name}"]
    subprocess.run([*command, "-o", str(library), str(STAND_IN)], check=True)
