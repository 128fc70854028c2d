"""Finds the faces of a photo: YuNet finds, BlazeFace's second look confirms and places.

YuNet looks at the whole photo, its longer side brought to 640 px, in panoramas to more: there it
sees faces from some 10 px on, so of a fiftieth of that side. A thorough search looks at enlarged
tiles of it, too. What they find are candidates: see core/faces/photo_judge.py.
"""

from collections.abc import Iterable, Iterator
from itertools import product

import cv2
import numpy as np

from core.faces.overlap import intersection_over_smaller, overlaps_any, suppress_overlaps
from core.faces.photo_judge import PhotoJudge, SecondLook, find_in_whole, overview_px
from core.faces.pyramid import Pyramid
from core.faces.yunet import YuNet
from core.types import Box, Detection, Image

TILE_PX = 640
"""Side of a tile, in px of the photo."""

TILE_ENLARGED = 1.5
"""Times that tiles are enlarged: of faces of 20 px 176 of 180 are found, at their own size 145."""

TILE_OVERLAP_PX = 160
"""A face up to this size lies whole in some tile; larger ones are seen in the whole photo."""

MOST_FACES = 1000
"""Of a photo; the surest. Of twice as many candidates the surest are looked at, because a mosaic of
faces would take minutes."""

MOST_IN_VAIN = 100
"""After so many candidates in a row that are no faces the rest, fainter still, is left alone: noise
has thousands, and each costs more than a millisecond."""

_MAX_OVERLAP = 0.5
_EDGE_PX = 2.0


class PhotoSearch:
    """Finds upright faces, up to some 45 degrees either way. Several threads may use it at once.

    Args:
        yunet: finds candidates down to `CANDIDATE_SCORE` of core/faces/photo_judge.py.
        second_look: confirms them.
        is_thorough: look at photos in enlarged tiles, too.
    """

    def __init__(self, yunet: YuNet, second_look: SecondLook, *, is_thorough: bool = False) -> None:
        self._yunet = yunet
        self._second_look = second_look
        self._is_thorough = is_thorough

    def detect_photo(self, image: Image) -> tuple[Detection, ...]:
        """The faces of a photo, in its px, from left to right.

        A face's score is the mean of both detectors'.
        """
        pyramid = Pyramid(image)
        judge = PhotoJudge(pyramid, self._yunet, self._second_look)
        whole = find_in_whole(self._yunet, pyramid)
        faces = _judged(judge, whole, is_tile=False)
        height, width = image.shape[:2]
        if self._is_thorough and max(height, width) > overview_px(width, height):
            faces += _judged(judge, self._tiles(image), is_tile=True, known=faces)
        distinct = suppress_overlaps(faces, _MAX_OVERLAP, intersection_over_smaller)
        return tuple(sorted(distinct[:MOST_FACES], key=lambda face: face.box.left))

    def _tiles(self, image: Image) -> Iterator[Detection]:
        """The candidates that lie whole within a tile."""
        height, width = image.shape[:2]
        for left, top in product(_tile_starts(width), _tile_starts(height)):
            tile = image[top : top + TILE_PX, left : left + TILE_PX]
            bounds = Box(left, top, left + tile.shape[1], top + tile.shape[0])
            for face in self._yunet.find(_enlarged(tile)):
                moved = face.scaled(1 / TILE_ENLARGED).moved(left, top)
                if not _is_cut(moved.box, bounds, width, height):
                    yield moved


def _judged(
    judge: PhotoJudge,
    candidates: Iterable[Detection],
    *,
    is_tile: bool,
    known: Iterable[Detection] = (),
) -> list[Detection]:
    """The faces among candidates, the surest first, without those that are `known`."""
    met = list(known)
    faces: list[Detection] = []
    in_vain = 0
    surest = sorted(candidates, key=lambda found: found.score, reverse=True)
    for candidate in surest[: 2 * MOST_FACES]:
        if overlaps_any(candidate, met, _MAX_OVERLAP, intersection_over_smaller):
            continue
        face = judge.face(candidate, is_tile=is_tile)
        in_vain = 0 if face else in_vain + 1
        if in_vain == MOST_IN_VAIN:
            break
        if face:
            met.append(face)
            faces.append(face)
    return faces


def _tile_starts(length_px: int) -> list[int]:
    """Where tiles begin along a side, spread evenly, overlapping by `TILE_OVERLAP_PX` or more."""
    last = length_px - TILE_PX
    if last <= 0:
        return [0]
    count = -(-last // (TILE_PX - TILE_OVERLAP_PX)) + 1
    return [round(index * last / (count - 1)) for index in range(count)]


def _enlarged(tile: Image) -> Image:
    larger = cv2.resize(tile, None, fx=TILE_ENLARGED, fy=TILE_ENLARGED)
    return np.asarray(larger, np.uint8)


def _is_cut(box: Box, tile: Box, width_px: int, height_px: int) -> bool:
    """Whether a face reaches over an edge of its tile that is no edge of the photo."""
    return (
        (box.left < tile.left + _EDGE_PX and tile.left > 0)
        or (box.top < tile.top + _EDGE_PX and tile.top > 0)
        or (box.right > tile.right - _EDGE_PX and tile.right < width_px)
        or (box.bottom > tile.bottom - _EDGE_PX and tile.bottom < height_px)
    )
