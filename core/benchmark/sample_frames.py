"""Frames to measure on: the sample clip, over and over, and a crowd made of its faces."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import cv2
import numpy as np

from core.paths import sample_clip
from core.sources.video_file import VideoFileSource
from core.types import Box, Frame, FrameResult, Image

FRAME_INTERVAL_S = 1 / 30
CROWD_SIZE_PX = (1280, 720)
CROWD_COLUMNS, CROWD_ROWS = 4, 2
CROWD_MARGIN = 1.7
"""Side of a cut-out face, in heights of its box: with hair and neck, as detectors expect them."""


CHUNK_FRAMES = 60
"""Decoded ahead: FFmpeg's threads must not compete with what is measured. 166 MB at 720p."""


def clip_frames(chunk_frames: int = CHUNK_FRAMES) -> Iterator[Frame]:
    """Every frame of the sample clip, once, `chunk_frames` decoded at a time."""
    with VideoFileSource(sample_clip()) as source:
        while chunk := list(islice(iter(source.read, None), chunk_frames)):
            yield from chunk
            chunk.clear()


def looped_frames(chunk_frames: int = CHUNK_FRAMES) -> Iterator[Frame]:
    """The clip again and again without an end, with rising index and time."""
    index = 0
    while True:
        for frame in clip_frames(chunk_frames):
            yield replace(frame, index=index, time_s=index * FRAME_INTERVAL_S)
            index += 1


def crowd_frames(results: Sequence[FrameResult], count: int) -> list[Frame]:
    """Frames of eight faces each, cut out of frames in which faces were found.

    Args:
        results: with one face or more each; used forth and back, so that faces move steadily.
        count: how many frames.
    """
    there_and_back = [*results, *results[::-1]]
    order = islice((result for _ in iter(int, 1) for result in there_and_back), count)
    return [
        Frame(crowd_image(result), index, index * FRAME_INTERVAL_S)
        for index, result in enumerate(order)
    ]


def crowd_image(result: FrameResult) -> Image:
    """Eight tiles in two rows, which show the faces of `result` in turn."""
    width, height = CROWD_SIZE_PX
    tile_width, tile_height = width // CROWD_COLUMNS, height // CROWD_ROWS
    image = np.full((height, width, 3), 127, np.uint8)
    for cell in range(CROWD_COLUMNS * CROWD_ROWS):
        row, column = divmod(cell, CROWD_COLUMNS)
        box = result.faces[cell % len(result.faces)].box
        tile = _cut_out(result.frame.image, box, min(tile_width, tile_height))
        left, top = column * tile_width, row * tile_height
        image[top : top + tile.shape[0], left : left + tile.shape[1]] = tile
    return image


def _cut_out(image: Image, box: Box, size_px: int) -> Image:
    """A square around a face, as far as the picture goes, scaled to `size_px`."""
    half = box.height * CROWD_MARGIN / 2
    x, y = box.centre
    height, width = image.shape[:2]
    left, right = max(0, int(x - half)), min(width, int(x + half))
    top, bottom = max(0, int(y - half)), min(height, int(y + half))
    scale = size_px / (2 * half)
    # Cut at whole pixels, the square may be one wider than it was meant.
    size = min(size_px, int((right - left) * scale)), min(size_px, int((bottom - top) * scale))
    region = image[top:bottom, left:right]
    return cv2.resize(region, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
