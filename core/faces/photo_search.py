"""Finds the faces of a photo: YuNet finds, BlazeFace's second look confirms and places.

YuNet looks at the whole photo, its longer side brought to 640 px: there it sees faces from some
10 px on, so of a fiftieth of that side. A thorough search looks at the photo at its own size, too,
in tiles. What YuNet is sure of is a face. Of the rest, those are that BlazeFace's second look finds
again (core/faces/second_look.py) and for which enough speaks together: see `_is_believed`.
Landmarks are BlazeFace's wherever it sees the face, because alignment was learnt from them;
else YuNet's, made alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Protocol

import cv2
import numpy as np

from core.faces.overlap import intersection_over_smaller, overlaps_any, suppress_overlaps
from core.faces.pyramid import Pyramid
from core.faces.second_look import find_again, transform_detection
from core.faces.similarity import invert_similarity, similarity_about
from core.faces.yunet import YuNet
from core.types import Box, Detection, Image

OVERVIEW_PX = 640
"""Longer side of what YuNet sees of a whole photo."""

MOST_ENLARGED = 3.0
"""Times that a small photo is enlarged at most: beyond, there is nothing more to see."""

CANDIDATE_SCORE = 0.1
"""Of YuNet's: below it, looking again is in vain."""

_SURE_SCORE = 0.85
"""From here on YuNet is believed alone: 97.6 % of the faces of everyday groups, and nothing in 60
pictures without a face; at 0.8 a dog."""

_CLEAR_SCORE = 0.7
"""From here on a confirmed face needs no third opinion."""

_ENOUGH_EVIDENCE = 1.6
"""Sum of YuNet's score, BlazeFace's and YuNet's at a closer look for a face to be believed: a
galaxy reached 1.5, faces with both mask and sunglasses have 1.0 to 2.3."""

_EVIDENCE_IN_TILE = 2.0
_SURE_TWICE = 1.75
"""In tiles, which are many, more must speak together (galaxies reached 1.8), and, where YuNet alone
sees a face, its score there and at a closer look (a motorcycle's headlight reached 1.72)."""

_UNCONFIRMED = 0.5
"""What counts as BlazeFace's score in a face's own where it sees none."""

_CLOSE_LOOK_PX = 96
_CLOSE_FACE_PX = 40
"""Side of YuNet's closer look, and of the face in it."""

TILE_PX = 960
TILE_OVERLAP_PX = 160
"""A face up to this size lies whole in some tile; larger ones are seen in the whole photo."""

MOST_FACES = 1000
"""Of a photo; the surest. Of twice as many candidates the surest are looked at, because a mosaic of
faces would take minutes."""

_MAX_OVERLAP = 0.5
_EDGE_PX = 2.0


class SecondLook(Protocol):
    """What confirms a face: see core/faces/detector.py."""

    def look_again(self, pyramid: Pyramid, candidate: Detection) -> Detection | None: ...


class PhotoSearch:
    """Finds upright faces, up to some 45 degrees either way. Several threads may use it at once.

    Args:
        yunet: finds candidates down to `CANDIDATE_SCORE`.
        second_look: confirms them.
        is_thorough: look at photos at their own size, too.
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
        whole = self._overview(pyramid)
        faces = self._judged(pyramid, whole, is_tile=False)
        if self._is_thorough and max(image.shape[:2]) > OVERVIEW_PX:
            faces += self._judged(pyramid, self._tiles(image), is_tile=True, known=faces)
        distinct = suppress_overlaps(faces, _MAX_OVERLAP, intersection_over_smaller)
        return tuple(sorted(distinct[:MOST_FACES], key=lambda face: face.box.left))

    def _overview(self, pyramid: Pyramid) -> list[Detection]:
        level, factor = pyramid.overview(OVERVIEW_PX)
        seen = _with_longer_side(level, OVERVIEW_PX)
        scale = factor * max(level.shape[:2]) / max(seen.shape[:2])
        return [face.scaled(scale) for face in self._yunet.find(seen)]

    def _tiles(self, image: Image) -> Iterator[Detection]:
        """The candidates that lie whole within a tile."""
        height, width = image.shape[:2]
        for left, top in product(_tile_starts(width), _tile_starts(height)):
            tile = image[top : top + TILE_PX, left : left + TILE_PX]
            bounds = Box(left, top, left + tile.shape[1], top + tile.shape[0])
            for face in self._yunet.find(tile):
                moved = face.moved(left, top)
                if not _is_cut(moved.box, bounds, width, height):
                    yield moved

    def _judged(
        self,
        pyramid: Pyramid,
        candidates: Iterable[Detection],
        *,
        is_tile: bool,
        known: Iterable[Detection] = (),
    ) -> list[Detection]:
        """The faces among candidates, the surest first, without those that are `known`."""
        met = list(known)
        faces: list[Detection] = []
        surest = sorted(candidates, key=lambda found: found.score, reverse=True)
        for candidate in surest[: 2 * MOST_FACES]:
            if not overlaps_any(candidate, met, _MAX_OVERLAP, intersection_over_smaller):
                face = self._face(pyramid, candidate, is_tile)
                met += [face] if face else []
                faces += [face] if face else []
        return faces

    def _face(self, pyramid: Pyramid, candidate: Detection, is_tile: bool) -> Detection | None:
        found = self._second_look.look_again(pyramid, candidate)
        if not self._is_believed(pyramid, candidate, found, is_tile):
            return None
        other = _UNCONFIRMED if found is None else found.score
        return replace(found or candidate, score=(candidate.score + other) / 2)

    def _is_believed(
        self, pyramid: Pyramid, candidate: Detection, found: Detection | None, is_tile: bool
    ) -> bool:
        if found is None:
            if candidate.score < _SURE_SCORE:
                return False
            if not is_tile:
                return True
            return candidate.score + self._close_score(pyramid, candidate) >= _SURE_TWICE
        if candidate.score >= _CLEAR_SCORE:
            return True
        evidence = candidate.score + found.score + self._close_score(pyramid, candidate)
        return evidence >= (_EVIDENCE_IN_TILE if is_tile else _ENOUGH_EVIDENCE)

    def _close_score(self, pyramid: Pyramid, candidate: Detection) -> float:
        """How sure YuNet is of a candidate at the scale that suits it; 0 if it sees none."""
        box, middle = candidate.box, _CLOSE_LOOK_PX / 2
        scale = _CLOSE_FACE_PX / max(box.width, box.height, 1.0)
        transform = similarity_about(box.centre, (middle, middle), scale)
        picture, shown = pyramid.look(transform, _CLOSE_LOOK_PX)
        back = invert_similarity(shown)
        seen = (transform_detection(face, back) for face in self._yunet.find(picture))
        again = find_again(box, seen)
        return 0.0 if again is None else again.score


def _with_longer_side(image: Image, longer_px: int) -> Image:
    """A picture reduced to a longer side of so many px, or enlarged, up to `MOST_ENLARGED`."""
    height, width = image.shape[:2]
    scale = min(longer_px / max(height, width), MOST_ENLARGED)
    if scale == 1:
        return image
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def _tile_starts(length_px: int) -> list[int]:
    """Where tiles begin along a side, spread evenly, overlapping by `TILE_OVERLAP_PX` or more."""
    last = length_px - TILE_PX
    if last <= 0:
        return [0]
    count = -(-last // (TILE_PX - TILE_OVERLAP_PX)) + 1
    return [round(index * last / (count - 1)) for index in range(count)]


def _is_cut(box: Box, tile: Box, width_px: int, height_px: int) -> bool:
    """Whether a face reaches over an edge of its tile that is no edge of the photo."""
    return (
        (box.left < tile.left + _EDGE_PX and tile.left > 0)
        or (box.top < tile.top + _EDGE_PX and tile.top > 0)
        or (box.right > tile.right - _EDGE_PX and tile.right < width_px)
        or (box.bottom > tile.bottom - _EDGE_PX and tile.bottom < height_px)
    )
