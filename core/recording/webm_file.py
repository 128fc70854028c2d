"""A WebM file of one VP9 track that grows frame by frame, and plays however it ends.

Its elements are those of RFC 8794 (EBML) and RFC 9559 (Matroska), with the subset that WebM allows.
"""

import struct
from pathlib import Path

from core.closing import Closing

_SIZE_BYTES = 8
_UNKNOWN_SIZE = b"\x01" + b"\xff" * 7
_NS_A_MS = 1_000_000
_VIDEO = 1
_BT_601, _LIMITED_RANGE = 6, 1
_KEY_FRAME = 0x80

_EBML, _SEGMENT, _VOID = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"\xec"
_SEEK_HEAD, _SEEK, _SEEK_ID, _SEEK_POSITION = (
    b"\x11\x4d\x9b\x74",
    b"\x4d\xbb",
    b"\x53\xab",
    b"\x53\xac",
)
_INFO, _TIMESTAMP_SCALE, _DURATION = b"\x15\x49\xa9\x66", b"\x2a\xd7\xb1", b"\x44\x89"
_MUXING_APP, _WRITING_APP = b"\x4d\x80", b"\x57\x41"
_TRACKS, _TRACK, _TRACK_NUMBER, _TRACK_UID = b"\x16\x54\xae\x6b", b"\xae", b"\xd7", b"\x73\xc5"
_TRACK_TYPE, _LACING, _CODEC, _FRAME_NS = b"\x83", b"\x9c", b"\x86", b"\x23\xe3\x83"
_PICTURE, _WIDTH, _HEIGHT = b"\xe0", b"\xb0", b"\xba"
_COLOUR, _MATRIX, _RANGE = b"\x55\xb0", b"\x55\xb1", b"\x55\xb9"
_CLUSTER, _TIMESTAMP, _SIMPLE_BLOCK = b"\x1f\x43\xb6\x75", b"\xe7", b"\xa3"
_CUES, _CUE, _CUE_TIME, _CUE_PLACE = b"\x1c\x53\xbb\x6b", b"\xbb", b"\xb3", b"\xb7"
_CUE_TRACK, _CUE_CLUSTER = b"\xf7", b"\xf1"


class WebmFile(Closing):
    """Takes encoded frames at an even rate and hands each to the system at once.

    Args:
        size_px: width and height.
        frame_rate_hz: frames per second.

    Raises:
        OSError: if the file cannot be written; so does everything below.
    """

    def __init__(self, path: Path, size_px: tuple[int, int], frame_rate_hz: float) -> None:
        self._frame_rate_hz = frame_rate_hz
        self._frame_count = 0
        self._cluster_at = self._cluster_ms = 0
        self._cues: list[tuple[int, int]] = []
        self._file = path.open("wb")
        self._file.write(_head())
        self._file.write(_SEGMENT + _UNKNOWN_SIZE)
        self._segment_at = self._file.tell()
        self._file.write(_blank(len(_seek_head(0))))
        info, self._info_at = _info(None), self._file.tell()
        self._file.write(info + _tracks(size_px, frame_rate_hz))

    def write(self, data: bytes, *, is_key: bool) -> None:
        """Append a frame; the first one is a key frame."""
        time_ms = self._time_ms
        if is_key:
            self._end_cluster()
            self._begin_cluster(time_ms)
        flags = _KEY_FRAME if is_key else 0
        block = struct.pack(">BhB", 0x81, time_ms - self._cluster_ms, flags) + data
        self._file.write(_element(_SIMPLE_BLOCK, block))
        self._file.flush()
        self._frame_count += 1

    def close(self) -> None:
        """Write what lets a player jump, and how long the video is."""
        if self._file.closed:
            return
        with self._file:
            self._end_cluster()
            cues_at = self._file.tell() - self._segment_at
            self._file.write(_cues(self._cues))
            end = self._file.tell()
            self._write_at(self._segment_at - _SIZE_BYTES, _size(end - self._segment_at))
            self._write_at(self._segment_at, _seek_head(cues_at))
            self._write_at(self._info_at, _info(self._time_ms))

    @property
    def _time_ms(self) -> int:
        return round(1000 * self._frame_count / self._frame_rate_hz)

    def _begin_cluster(self, time_ms: int) -> None:
        self._cluster_at, self._cluster_ms = self._file.tell(), time_ms
        self._cues.append((time_ms, self._cluster_at - self._segment_at))
        self._file.write(_CLUSTER + _UNKNOWN_SIZE + _number(_TIMESTAMP, time_ms))

    def _end_cluster(self) -> None:
        if self._cues:
            start = self._cluster_at + len(_CLUSTER) + _SIZE_BYTES
            self._write_at(start - _SIZE_BYTES, _size(self._file.tell() - start))

    def _write_at(self, place: int, data: bytes) -> None:
        """Overwrite, and return to the end."""
        end = self._file.tell()
        self._file.seek(place)
        self._file.write(data)
        self._file.seek(end)


def _size(byte_count: int) -> bytes:
    return (byte_count | 1 << 7 * _SIZE_BYTES).to_bytes(_SIZE_BYTES)


def _element(name: bytes, *parts: bytes) -> bytes:
    return name + _size(sum(map(len, parts))) + b"".join(parts)


def _number(name: bytes, value: int) -> bytes:
    return _element(name, value.to_bytes(8))


def _blank(byte_count: int) -> bytes:
    """A place to be written later."""
    return _element(_VOID, bytes(byte_count - len(_VOID) - _SIZE_BYTES))


def _head() -> bytes:
    versions = ((b"\x42\x86", 1), (b"\x42\xf7", 1), (b"\x42\xf2", 4), (b"\x42\xf3", 8))
    kinds = ((b"\x42\x87", 4), (b"\x42\x85", 2))
    return _element(
        _EBML,
        *(_number(name, value) for name, value in versions),
        _element(b"\x42\x82", b"webm"),
        *(_number(name, value) for name, value in kinds),
    )


def _seek_head(cues_at: int) -> bytes:
    return _element(
        _SEEK_HEAD,
        _element(_SEEK, _element(_SEEK_ID, _CUES), _number(_SEEK_POSITION, cues_at)),
    )


def _info(duration_ms: int | None) -> bytes:
    """As long with a duration as without one."""
    duration = _element(_DURATION, struct.pack(">d", duration_ms or 0))
    return _element(
        _INFO,
        _number(_TIMESTAMP_SCALE, _NS_A_MS),
        _element(_MUXING_APP, b"Visage"),
        _element(_WRITING_APP, b"Visage"),
        duration if duration_ms else _blank(len(duration)),
    )


def _tracks(size_px: tuple[int, int], frame_rate_hz: float) -> bytes:
    width, height = size_px
    colours = _element(_COLOUR, _number(_MATRIX, _BT_601), _number(_RANGE, _LIMITED_RANGE))
    return _element(
        _TRACKS,
        _element(
            _TRACK,
            _number(_TRACK_NUMBER, 1),
            _number(_TRACK_UID, 1),
            _number(_TRACK_TYPE, _VIDEO),
            _number(_LACING, 0),
            _number(_FRAME_NS, round(1000 * _NS_A_MS / frame_rate_hz)),
            _element(_CODEC, b"V_VP9"),
            _element(_PICTURE, _number(_WIDTH, width), _number(_HEIGHT, height), colours),
        ),
    )


def _cues(clusters: list[tuple[int, int]]) -> bytes:
    """Where, from the start of the segment, the cluster of each time in ms begins."""
    return _element(
        _CUES,
        *(
            _element(
                _CUE,
                _number(_CUE_TIME, time_ms),
                _element(_CUE_PLACE, _number(_CUE_TRACK, 1), _number(_CUE_CLUSTER, place)),
            )
            for time_ms, place in clusters
        ),
    )
