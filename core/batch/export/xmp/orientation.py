"""Boxes in a picture as it is stored, and as it is seen once its orientation is applied.

Regions refer to the stored picture, says the Metadata Working Group (Guidelines for Handling
Image Metadata 2.0, section 5.9), and AppliedToDimensions is its size. Some programs write both as
the picture is seen.
"""

from core.types import Box

UPRIGHT = 1
"""The EXIF orientation of a picture that is stored as it is seen."""

_QUARTER_TURNS = (5, 6, 7, 8)


def stored_box(upright: Box, orientation: int) -> Box:
    """A box of the upright picture as one of the stored picture, both in shares of its sides.

    Args:
        orientation: EXIF's, 1-8; anything else is taken as 1.
    """
    left, top, right, bottom = upright.left, upright.top, upright.right, upright.bottom
    turned = {
        2: (1 - right, top, 1 - left, bottom),
        3: (1 - right, 1 - bottom, 1 - left, 1 - top),
        4: (left, 1 - bottom, right, 1 - top),
        5: (top, left, bottom, right),
        6: (top, 1 - right, bottom, 1 - left),
        7: (1 - bottom, 1 - right, 1 - top, 1 - left),
        8: (1 - bottom, left, 1 - top, right),
    }
    return Box(*turned.get(orientation, (left, top, right, bottom)))


def stored_size(upright: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Width and height of the stored picture, of those of the upright one."""
    return upright[::-1] if orientation in _QUARTER_TURNS else upright
