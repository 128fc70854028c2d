"""How videos begin, for those whose names do not say that they are some."""

_BEGINNINGS = (
    b"\x1aE\xdf\xa3",  # Matroska and WebM
    b"0&\xb2u\x8ef\xcf\x11",  # ASF, as WMV
    b"\x00\x00\x01\xba",  # MPEG program stream
    b"\x00\x00\x01\xb3",  # MPEG video
    b"FLV\x01",
    b"DKIF",  # IVF
    b"OggS",
)
_BOXES = (b"ftyp", b"moov", b"mdat")
"""What an MP4 or a QuickTime file begins with, behind four bytes."""

_OTHER_BRANDS = (b"M4A ", b"M4B ", b"crx ", b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
"""Of files that begin alike: sound, raw pictures, and pictures."""

HEAD_BYTES = 12


def begins_as_video(head: bytes) -> bool:
    """Whether the first `HEAD_BYTES` of a file are those of a video."""
    if head.startswith(_BEGINNINGS) or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return True
    return head[4:8] in _BOXES and head[8:12] not in _OTHER_BRANDS
