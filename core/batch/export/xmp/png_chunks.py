"""Metadata of a PNG, wherever in the file: exiftool puts it behind the pixels."""

import zlib
from pathlib import Path
from typing import BinaryIO

from core.batch.export.xmp.packet import MAX_BYTES
from core.errors import PhotoError
from core.sources.file_check import open_file

_SIGNATURE_BYTES = 8
_MAX_CHUNKS = 1_000_000
"""What lies behind so many is not looked for: a file of 1 GB may have 80 times as many."""

_XMP_KEYWORD = b"XML:com.adobe.xmp\0"


def read_chunks(path: Path) -> dict[str, bytes]:
    """EXIF and XMP, by the names that Pillow gives them; what is larger than XMP may be is left.

    Raises:
        PhotoError: if the file cannot be opened.
        OSError: if it cannot be read.
    """
    found: dict[str, bytes] = {}
    with open_file(path, PhotoError) as file:
        file.seek(_SIGNATURE_BYTES)
        for _ in range(_MAX_CHUNKS):
            chunk = _next_chunk(file)
            if chunk is None:
                break
            kind, size = chunk
            if kind in {b"eXIf", b"iTXt"} and size <= MAX_BYTES:
                data = file.read(size)
                if kind == b"eXIf":
                    found["exif"] = b"Exif\0\0" + data
                elif data.startswith(_XMP_KEYWORD):
                    found["xmp"] = _international_text(data.removeprefix(_XMP_KEYWORD))
                size = 0
            file.seek(size + 4, 1)  # the checksum follows
    return found


def _next_chunk(file: BinaryIO) -> tuple[bytes, int] | None:
    """Kind and size in bytes of the chunk that begins here; None behind the last."""
    head = file.read(8)
    if len(head) < 8 or head[4:] == b"IEND":
        return None
    return head[4:], int.from_bytes(head[:4])


def _international_text(data: bytes) -> bytes:
    """The text of an iTXt chunk behind its keyword: two flags, language, translated keyword."""
    flags, _, text = data[:2], *data[2:].partition(b"\0")[1:]
    text = text.partition(b"\0")[2]
    if flags[:1] != b"\1":
        return text
    try:
        return zlib.decompressobj().decompress(text, MAX_BYTES)
    except zlib.error:
        return b""
