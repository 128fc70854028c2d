"""Makes the built Linux folder smaller where whole files are needed, and not all that is in them.

`LEFT_OUT` in contents.py is what is not needed at all.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import icu_data
import stand_in_library

WITH_SYMBOLS = (
    "libpython3.*.so*",
    "python3.*/lib-dynload/*.so",
    "PIL/_imaging.cpython-*.so",
    "PySide6/Qt/lib/libicui18n.so.*",
    "PySide6/Qt/lib/libicuuc.so.*",
)
"""Other libraries come stripped, or break when they are (NumPy's are patched)."""

ICU_DATA = "PySide6/Qt/lib/libicudata.so.*"


@dataclass(frozen=True, slots=True)
class Unused:
    """A library that must be there and that Visage does not use.

    Attributes:
        pattern: the library.
        alone_needs: libraries that only this one needs.
        asked_by: the libraries that ask it for functions.
        answers_none: functions that are asked on the way, and to which 0 is an answer.
        source: C code, in packaging/linux, for the functions that are used after all.
    """

    pattern: str
    asked_by: tuple[str, ...]
    alone_needs: tuple[str, ...] = ()
    answers_none: tuple[str, ...] = ()
    source: str | None = None


OPENCV = "opencv_python_headless.libs"
UNUSED = (
    Unused(
        "numpy.libs/libscipy_openblas64_*.so",
        ("numpy/_core/_multiarray_umath.*.so", "numpy/linalg/_umath_linalg.*.so"),
        alone_needs=("numpy.libs/libgfortran*.so*", "numpy.libs/libquadmath*.so*"),
        source="small_blas.c",
    ),
    Unused(
        f"{OPENCV}/libopenblas*.so",
        ("cv2/cv2.abi3.so",),
        alone_needs=(f"{OPENCV}/libgfortran*.so*", f"{OPENCV}/libquadmath*.so*"),
    ),
    Unused(f"{OPENCV}/libssl-*.so*", (f"{OPENCV}/libavformat-*.so*",)),
    Unused(
        f"{OPENCV}/libcrypto-*.so*",
        (f"{OPENCV}/libavformat-*.so*", f"{OPENCV}/libavutil-*.so*"),
        answers_none=("RAND_bytes",),
    ),
)
"""Linear algebra, and TLS. FFmpeg can do without random bytes."""


def slim(libraries: Path) -> None:
    """Shrink the folder `libraries`, which holds what the app was collected of."""
    for pattern in WITH_SYMBOLS:
        for library in libraries.glob(pattern):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
    for library in libraries.glob(ICU_DATA):
        icu_data.shrink(library)
    for unused in UNUSED:
        replace(libraries, unused)
    for link in libraries.glob("*.so*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def replace(libraries: Path, unused: Unused) -> None:
    """Put the stand-in in the library's place, and take away what nobody needs any more."""
    (library,) = libraries.glob(unused.pattern)
    others = [other for pattern in unused.asked_by for other in libraries.glob(pattern)]
    source = Path(__file__).parent / "linux" / unused.source if unused.source else None
    stand_in_library.replace(library, others, unused.answers_none, source)
    for pattern in unused.alone_needs:
        for needed in libraries.glob(pattern):
            needed.unlink()
