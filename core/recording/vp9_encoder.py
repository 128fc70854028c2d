"""VP9 as fast as a live picture wants it, by the libvpx that lies beside OpenCV on Linux and macOS.

OpenCV itself has no switch for libvpx's real-time mode: see docs/adr/0014.
"""

import ctypes
import logging
from ctypes import (
    POINTER,
    byref,
    c_char,
    c_char_p,
    c_int,
    c_int64,
    c_long,
    c_size_t,
    c_uint,
    c_ulong,
    c_void_p,
)
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from core.closing import Closing
from core.errors import ExportError
from core.types import Image

logger = logging.getLogger(__name__)

_LIBRARIES = ("opencv_python*.libs/libvpx*.so*", "cv2/.dylibs/libvpx*.dylib")
"""Where OpenCV's wheels hold it, from the folder of all packages."""
_ABI_VERSION = 37
"""Of libvpx 1.15, which the structures below are those of. libvpx refuses another number."""

MAX_KEY_FRAME_GAP_S = 1.0
"""A player can begin at every key frame."""

_BITS_A_PX = 0.15
"""Aimed at; a noisy picture takes more."""
_WORST_QUANTIZER = 56
_FASTEST = 8
_BT_601 = 1
"""The colours of OpenCV's YUV."""

_I420 = 0x102
_REAL_TIME = 1
_IS_FRAME, _IS_KEY = 0, 1
_SET_SPEED, _SET_COLOUR_SPACE = 13, 46


class Packet(NamedTuple):
    """One encoded frame; a key frame can be decoded without those before."""

    data: bytes
    is_key: bool


class _Rational(ctypes.Structure):
    _fields_ = (("numerator", c_int), ("denominator", c_int))


class _Buffer(ctypes.Structure):
    _fields_ = (("start", c_void_p), ("size", c_size_t))


class _Settings(ctypes.Structure):
    """The beginning of `vpx_codec_enc_cfg`, and more room than the rest needs."""

    _fields_ = (
        ("usage", c_uint),
        ("threads", c_uint),
        ("profile", c_uint),
        ("width", c_uint),
        ("height", c_uint),
        ("bit_depth", c_int),
        ("input_bit_depth", c_uint),
        ("time_base", _Rational),
        ("error_resilient", c_uint),
        ("passes", c_int),
        ("lag_in_frames", c_uint),
        ("drop_frame_threshold", c_uint),
        ("resize_allowed", c_uint),
        ("scaled_width", c_uint),
        ("scaled_height", c_uint),
        ("resize_up_threshold", c_uint),
        ("resize_down_threshold", c_uint),
        ("rate_control", c_int),
        ("two_pass_statistics", _Buffer),
        ("first_pass_statistics", _Buffer),
        ("kilobits_a_second", c_uint),
        ("best_quantizer", c_uint),
        ("worst_quantizer", c_uint),
        ("undershoot_percent", c_uint),
        ("overshoot_percent", c_uint),
        ("buffer_ms", c_uint),
        ("buffer_initial_ms", c_uint),
        ("buffer_optimal_ms", c_uint),
        ("bias_percent", c_uint),
        ("section_min_percent", c_uint),
        ("section_max_percent", c_uint),
        ("corpus_complexity", c_uint),
        ("key_frame_mode", c_int),
        ("key_frame_min_distance", c_uint),
        ("key_frame_max_distance", c_uint),
        ("rest", c_char * 4096),
    )


class _CodecPacket(ctypes.Structure):
    """The beginning of `vpx_codec_cx_pkt` where it holds a frame."""

    _fields_ = (
        ("kind", c_int),
        ("data", _Buffer),
        ("time", c_int64),
        ("duration", c_ulong),
        ("flags", c_uint),
    )


@cache
def _load() -> ctypes.CDLL | None:
    """None where there is none that can be loaded."""
    packages = Path(cv2.__file__).parents[1]
    paths = [path for pattern in _LIBRARIES for path in packages.glob(pattern)]
    try:
        return _declare(ctypes.CDLL(str(paths[0]))) if paths else None
    except (OSError, AttributeError):  # half a file; a library without these functions
        logger.warning("%s cannot be used.", paths[0], exc_info=True)
        return None


def _declare(vpx: ctypes.CDLL) -> ctypes.CDLL:
    """Say what the functions take and give."""
    vpx.vpx_codec_vp9_cx.restype = c_void_p
    vpx.vpx_codec_enc_config_default.argtypes = [c_void_p, c_void_p, c_uint]
    vpx.vpx_codec_enc_init_ver.argtypes = [c_void_p, c_void_p, c_void_p, c_long, c_int]
    vpx.vpx_codec_control_.argtypes = [c_void_p, c_int]  # and a value of any type
    vpx.vpx_img_wrap.argtypes = [c_void_p, c_int, c_uint, c_uint, c_uint, c_void_p]
    vpx.vpx_img_wrap.restype = c_void_p
    vpx.vpx_codec_encode.argtypes = [c_void_p, c_void_p, c_int64, c_ulong, c_long, c_ulong]
    vpx.vpx_codec_get_cx_data.argtypes = [c_void_p, c_void_p]
    vpx.vpx_codec_get_cx_data.restype = POINTER(_CodecPacket)
    vpx.vpx_codec_err_to_string.argtypes = [c_int]
    vpx.vpx_codec_err_to_string.restype = c_char_p
    vpx.vpx_codec_destroy.argtypes = [c_void_p]
    return vpx


@cache
def is_available() -> bool:
    """Whether a libvpx that is known here lies beside OpenCV."""
    if _load() is None:
        return False
    try:
        Vp9Encoder((64, 64), 1.0).close()
    except ExportError:
        return False
    return True


class Vp9Encoder(Closing):
    """Frames of one size, each encoded at once; used by one thread.

    Args:
        size_px: width and height, both even.
        frame_rate_hz: frames per second.

    Raises:
        ExportError: if libvpx refuses.
    """

    def __init__(self, size_px: tuple[int, int], frame_rate_hz: float) -> None:
        vpx = _load()
        if vpx is None:
            raise ExportError("OpenCV came without libvpx.")
        self._vpx = vpx
        self._is_open = False
        self._codec = ctypes.create_string_buffer(1024)
        codec = vpx.vpx_codec_vp9_cx()
        self._settings = _Settings()  # libvpx keeps a pointer to it
        settings = byref(self._settings)
        self._check(vpx.vpx_codec_enc_config_default(codec, settings, 0))
        _set_up(self._settings, size_px, frame_rate_hz)
        self._check(vpx.vpx_codec_enc_init_ver(self._codec, codec, settings, 0, _ABI_VERSION))
        self._is_open = True
        try:
            for switch, value in ((_SET_SPEED, _FASTEST), (_SET_COLOUR_SPACE, _BT_601)):
                self._check(vpx.vpx_codec_control_(self._codec, switch, c_int(value)))
        except ExportError:
            self.close()
            raise
        width, height = size_px
        self._yuv = np.empty((height * 3 // 2, width), np.uint8)
        self._picture = ctypes.create_string_buffer(1024)
        vpx.vpx_img_wrap(self._picture, _I420, width, height, 1, self._yuv.ctypes.data)
        self._shape = (height, width, 3)
        self._count = 0

    def encode(self, image: Image) -> Packet:
        """The next frame, RGB of shape (height, width, 3).

        Raises:
            ExportError: if libvpx fails.
            ValueError: if the picture is of another shape.
        """
        if image.shape != self._shape:
            raise ValueError(f"a frame of shape {image.shape}, not {self._shape}")
        cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420, self._yuv)
        self._check(
            self._vpx.vpx_codec_encode(self._codec, self._picture, self._count, 1, 0, _REAL_TIME)
        )
        self._count += 1
        place = c_void_p()
        while packet := self._vpx.vpx_codec_get_cx_data(self._codec, byref(place)):
            if packet.contents.kind == _IS_FRAME:
                data = packet.contents.data
                is_key = bool(packet.contents.flags & _IS_KEY)
                return Packet(ctypes.string_at(data.start, data.size), is_key)
        raise ExportError("The encoder left a frame out.")

    def close(self) -> None:
        """Give the encoder's memory back."""
        if self._is_open:
            self._vpx.vpx_codec_destroy(self._codec)
            self._is_open = False

    def _check(self, answer: int) -> None:
        if answer:
            reason = self._vpx.vpx_codec_err_to_string(answer).decode()
            raise ExportError(f"The video could not be encoded: {reason}.")


def _set_up(settings: _Settings, size_px: tuple[int, int], frame_rate_hz: float) -> None:
    width, height = size_px
    settings.width, settings.height = width, height
    settings.threads = 1
    settings.time_base = _Rational(1000, round(1000 * frame_rate_hz))
    settings.lag_in_frames = 0
    settings.kilobits_a_second = max(1, round(_BITS_A_PX * width * height * frame_rate_hz / 1000))
    settings.worst_quantizer = _WORST_QUANTIZER
    settings.key_frame_max_distance = max(1, int(frame_rate_hz * MAX_KEY_FRAME_GAP_S))
