"""What a picture's head says: how it is turned, and the XMP within; no pixel is decoded."""

import logging
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow
from PIL import JpegImagePlugin, PngImagePlugin

from core.batch.export.xmp.packet import MAX_BYTES, Packet, read_packet
from core.batch.export.xmp.png_chunks import read_chunks
from core.errors import ExportError
from core.sources.file_check import display_name
from core.sources.photo import exif_orientation
from core.sources.picture_file import use_picture

_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
"""Begins the parts of a second packet in a JPEG, for what the 64 KB of the first cannot hold:
then come 32 letters of an id, and length and offset of 4 bytes each (XMP part 3, section 1.1.3.1).
"""
_EXTENDED_HEAD_BYTES = len(_EXTENDED) + 40

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class PictureHead:
    """The head of a picture.

    Attributes:
        orientation: EXIF's, 1-8; 1 where the metadata is broken, as when the photo was labelled.
        packets: the XMP within, as far as it can be understood.
    """

    orientation: int
    packets: tuple[Packet, ...]


def read_head(path: Path) -> PictureHead:
    """Read the head of a picture.

    Raises:
        PhotoError: if it is no photo, or too large.
    """
    return use_picture(path, lambda file: _head(file.picture, path))


def _head(picture: Pillow.Image, path: Path) -> PictureHead:
    if isinstance(picture, PngImagePlugin.PngImageFile):
        picture.info.update(read_chunks(path))
        if "Raw profile type exif" not in picture.info:
            # Else Pillow reads all pixels to find what may come behind them.
            picture.info.setdefault("exif", b"")
    # HEIF is turned by its decoder, which then says that it is upright.
    orientation = picture.info.get("original_orientation") or exif_orientation(picture)
    texts = (_main_packet(picture), _extended_packet(picture))
    packets = [_understood(text, path) for text in texts]
    return PictureHead(orientation, tuple(filter(None, packets)))


def _main_packet(picture: Pillow.Image) -> bytes:
    packet = picture.info.get("xmp", b"")
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _extended_packet(picture: Pillow.Image) -> bytes:
    if not isinstance(picture, JpegImagePlugin.JpegImageFile):
        return b""
    parts: dict[int, bytes] = {}
    for _, data in picture.applist:
        if data.startswith(_EXTENDED) and len(data) >= _EXTENDED_HEAD_BYTES:
            offset = int.from_bytes(data[_EXTENDED_HEAD_BYTES - 4 : _EXTENDED_HEAD_BYTES])
            parts[offset] = data[_EXTENDED_HEAD_BYTES:]
    return b"".join(parts[offset] for offset in sorted(parts))


def _understood(packet: bytes, path: Path) -> Packet | None:
    """A packet of the picture; what cannot be understood, no other program finds names in."""
    packet = packet.rstrip(b"\0")
    if not packet.strip() or len(packet) > MAX_BYTES:
        return None
    try:
        return read_packet(packet, display_name(path))
    except ExportError as error:
        _log.info("The XMP within is passed over: %s", error)
        return None
