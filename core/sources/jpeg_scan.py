"""Whether a JPEG comes in one pass over the picture, or in several."""

from typing import IO

_START_OF_SCAN, _END = 0xDA, 0xD9
_WITHOUT_LENGTH = frozenset(range(0xD0, 0xD9)) | {0x01}


def first_scan_colours(file: IO[bytes]) -> int:
    """How many colours the first pass has (ITU-T T.81, B.2.3); 0 where there is none.

    If it has not all of them, a decoder holds the coefficients of the whole picture.
    """
    file.seek(2)
    while byte := file.read(1):
        if byte != b"\xff":
            continue
        while (marker := file.read(1)) == b"\xff":
            pass
        if not marker or marker[0] == _END:
            break
        if marker[0] in _WITHOUT_LENGTH or not marker[0]:
            continue
        length = int.from_bytes(file.read(2), "big")
        if marker[0] == _START_OF_SCAN:
            return int.from_bytes(file.read(1), "big")
        file.seek(max(length - 2, 0), 1)
    return 0
