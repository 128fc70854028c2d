"""What the head of a JPEG 2000 says of its pieces."""

from PIL import Jpeg2KImagePlugin

_HEAD_BYTES = 4096
_CODING_STYLE = b"\xff\x52"


def count_pieces(picture: Jpeg2KImagePlugin.Jpeg2KImageFile) -> int:
    """How many code-blocks and precincts a colour has (ISO/IEC 15444-1, A.6.1).

    Sizes are binary logarithms: of code-blocks less two, of precincts in the two halves of a byte
    for each resolution, the smallest first.
    """
    file = picture.fp
    assert file is not None
    file.seek(0)
    _, _, style = file.read(_HEAD_BYTES).partition(_CODING_STYLE)
    if len(style) < 12:
        return 0
    size_px, levels = picture.width * picture.height, style[7]
    count = size_px >> (style[8] + style[9] + 4)
    if style[2] & 1:
        precincts = style[12 : 12 + levels + 1]
        for resolution, log2 in enumerate(precincts):
            count += size_px >> (2 * (levels - resolution) + (log2 & 0xF) + (log2 >> 4))
    return count
