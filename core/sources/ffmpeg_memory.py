"""Bounds what FFmpeg takes at once: two kilobytes of a video can ask for gigabytes."""

import ctypes
from functools import cache
from itertools import chain
from pathlib import Path

import cv2

MAX_PIECE_BYTES = 144_000_000
"""A frame of 36 megapixels in four bytes a pixel, or a list of six million frames."""


@cache
def bound_memory() -> bool:
    """Let FFmpeg take no larger piece of memory, in this process.

    Returns:
        False where OpenCV's package does not bring FFmpeg as libraries of its own, as on Windows.
    """
    package = Path(cv2.__file__).parent
    libraries = chain(
        package.parent.glob("opencv*.libs/libavutil*"), package.glob(".dylibs/libavutil*")
    )
    for path in libraries:
        bound = ctypes.CDLL(str(path)).av_max_alloc  # the one that OpenCV has loaded
        bound.argtypes, bound.restype = [ctypes.c_size_t], None
        bound(MAX_PIECE_BYTES)
        return True
    return False
