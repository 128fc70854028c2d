"""What the command line's numbers may be; anything else is a sentence before a command runs."""

import math
from argparse import ArgumentTypeError
from collections.abc import Callable

SIZE_PX = 16, 1024
"""Of a model's pictures, smallest and largest, as its card may say."""

_PICTURE_PX = 16, 10_000


def whole_number(least: int = 1, most: int | None = None) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        value = int(text) if text.removeprefix("-").isdecimal() else None
        if value is None or value < least or (most is not None and value > most):
            end = "on" if most is None else f"to {most}"
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least} {end}")
        return value

    return read


def not_empty(text: str) -> str:
    """Any text but none."""
    if not text:
        raise ArgumentTypeError("it is empty")
    return text


def share(text: str) -> float:
    """A number from 0 to 1."""
    value = _number(text)
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a share from 0 to 1")
    return value


def positive(text: str) -> float:
    """A number over 0."""
    value = _number(text)
    if not (0 < value < math.inf):
        raise ArgumentTypeError(f"{text!r} is not a number over 0")
    return value


def not_negative(text: str) -> float:
    """A number from 0 on."""
    value = _number(text)
    if not (0 <= value < math.inf):
        raise ArgumentTypeError(f"{text!r} is not a number from 0 on")
    return value


def picture_size(text: str) -> tuple[int, int]:
    """Width and height in px, written 640x480."""
    width, separator, height = text.partition("x")
    least, most = _PICTURE_PX
    if not (separator and width.isdecimal() and height.isdecimal()):
        raise ArgumentTypeError(f"a size is written like 640x480, not {text!r}")
    if not all(least <= int(side) <= most for side in (width, height)):
        raise ArgumentTypeError(f"the sides of a picture are {least} to {most} px, not {text!r}")
    return int(width), int(height)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
