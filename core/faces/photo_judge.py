"""Which candidates of a photo are faces.

What YuNet is sure of is a face. Of the rest, those are that BlazeFace's second look finds again
(core/faces/second_look.py) and for which enough speaks together. Landmarks are BlazeFace's wherever
it surely sees the face, because alignment was learnt from them; else YuNet's, made alike.
"""

from dataclasses import replace
from functools import cached_property
from typing import Protocol

import cv2
import numpy as np

from core.faces.detector import SURE_LOOK_SCORE
from core.faces.pyramid import Pyramid
from core.faces.second_look import find_again, transform_detection
from core.faces.similarity import invert_similarity, similarity_about
from core.faces.yunet import YuNet
from core.types import Detection, Image

OVERVIEW_PX = 640
"""Longer side of what YuNet sees of a whole photo."""

MOST_ENLARGED = 3.0
"""Times that a small photo is enlarged at most: beyond, there is nothing more to see."""

CANDIDATE_SCORE = 0.1
"""Of YuNet's: below it, looking again is in vain."""

LOOK_SCORE = 0.5
"""Of BlazeFace's looks: below it, they speak for no face."""

_SURE_SCORE = 0.85
"""From here on YuNet is believed alone: 97.6 % of the faces of everyday groups, and nothing in 60
pictures without a face; at 0.8 a dog."""

_CLEAR_SCORE = 0.7
_CLEAR_LOOK_SCORE = 0.66
"""From here on YuNet and a look need no third opinion: a motorcycle's headlight reached 0.81 and
0.63."""

_COARSE_SCORE = 0.2
"""Of YuNet on the photo in half its px: from here on enough evidence is enough, where a look is
less clear. The headlight, large enough to be seen there, reached 0.15."""

_ENOUGH_EVIDENCE = 1.6
"""Sum of YuNet's score, BlazeFace's and YuNet's at a closer look for a clearly confirmed face to be
believed: a galaxy reached 1.5, faces with both mask and sunglasses have 1.0 to 2.3."""

_ENOUGH_WITH_COARSE = 2.5
"""The same with YuNet's score in half the px as well, which shows faces that are blurred, for faces
that a look confirms less surely: a motorcycle's headlight reached 2.4, a fifth of faces blurred by
motion over a third of their width have more."""

_COARSE_SHARE = 0.5

_EVIDENCE_IN_TILE = 2.0
_SURE_TWICE = 1.75
"""In tiles, which are many, more must speak together (galaxies reached 1.8), and, where YuNet alone
sees a face, its score there and at a closer look (a motorcycle's headlight reached 1.72)."""

_UNCONFIRMED = 0.5
"""What counts as BlazeFace's score in a face's own where it sees none."""

_CLOSE_LOOK_PX = 96
_CLOSE_FACE_PX = 40
"""Side of YuNet's closer look, and of the face in it."""


class SecondLook(Protocol):
    """What confirms a face: see core/faces/detector.py."""

    def look_again(self, pyramid: Pyramid, candidate: Detection) -> Detection | None: ...


class PhotoJudge:
    """Judges the candidates of one photo.

    Args:
        yunet: looks at candidates closer, and at the photo in half the px.
        second_look: confirms and places them, down to `LOOK_SCORE`.
    """

    def __init__(self, pyramid: Pyramid, yunet: YuNet, second_look: SecondLook) -> None:
        self._pyramid = pyramid
        self._yunet = yunet
        self._second_look = second_look

    def face(self, candidate: Detection, *, is_tile: bool) -> Detection | None:
        """The face that a candidate is, with the mean of both detectors' scores; None if none.

        Args:
            is_tile: it was found in a tile, of which there are many.
        """
        look = self._second_look.look_again(self._pyramid, candidate)
        if look is not None and look.score >= SURE_LOOK_SCORE:
            score = (candidate.score + look.score) / 2
            is_face = self._is_confirmed(candidate, look.score, is_tile)
            return replace(look, score=score) if is_face else None
        if candidate.score >= _SURE_SCORE:
            is_face = not is_tile or candidate.score + self._close_score(candidate) >= _SURE_TWICE
        else:
            is_face = look is not None and not is_tile and self._is_seen(candidate, look.score)
        return replace(candidate, score=(candidate.score + _UNCONFIRMED) / 2) if is_face else None

    def _is_confirmed(self, candidate: Detection, look_score: float, is_tile: bool) -> bool:
        """Whether a candidate that a look surely sees is a face."""
        is_clear = look_score >= _CLEAR_LOOK_SCORE
        if candidate.score >= (_CLEAR_SCORE if is_clear else _SURE_SCORE):
            return True
        evidence = candidate.score + look_score + self._close_score(candidate)
        if is_tile:
            return evidence >= _EVIDENCE_IN_TILE
        if evidence >= _ENOUGH_EVIDENCE and (
            is_clear or self._coarse_score(candidate) >= _COARSE_SCORE
        ):
            return True
        return self._is_seen_coarsely(candidate, evidence)

    def _is_seen(self, candidate: Detection, look_score: float) -> bool:
        """Whether a candidate that a look sees less surely is a face."""
        evidence = candidate.score + look_score + self._close_score(candidate)
        return self._is_seen_coarsely(candidate, evidence)

    def _is_seen_coarsely(self, candidate: Detection, evidence: float) -> bool:
        if evidence < _ENOUGH_WITH_COARSE - 1:
            return False
        return evidence + self._coarse_score(candidate) >= _ENOUGH_WITH_COARSE

    def _coarse_score(self, candidate: Detection) -> float:
        """How sure YuNet is of a candidate on the photo in half the px; 0 if it sees none."""
        again = find_again(candidate.box, self._coarse)
        return 0.0 if again is None else again.score

    @cached_property
    def _coarse(self) -> list[Detection]:
        return find_in_whole(self._yunet, self._pyramid, _COARSE_SHARE)

    def _close_score(self, candidate: Detection) -> float:
        """How sure YuNet is of a candidate at the scale that suits it; 0 if it sees none."""
        box, middle = candidate.box, _CLOSE_LOOK_PX / 2
        scale = _CLOSE_FACE_PX / max(box.width, box.height, 1.0)
        transform = similarity_about(box.centre, (middle, middle), scale)
        picture, shown = self._pyramid.look(transform, _CLOSE_LOOK_PX)
        back = invert_similarity(shown)
        seen = (transform_detection(face, back) for face in self._yunet.find(picture))
        again = find_again(box, seen)
        return 0.0 if again is None else again.score


def find_in_whole(yunet: YuNet, pyramid: Pyramid, share: float = 1.0) -> list[Detection]:
    """What YuNet finds in a whole photo.

    Args:
        share: of the sides at which it is usually looked at.
    """
    own_px = max(pyramid.level(0).shape[:2])
    longer_px = max(1, round(share * min(OVERVIEW_PX, MOST_ENLARGED * own_px)))
    level, _ = pyramid.overview(longer_px)
    seen = _with_longer_side(level, longer_px)
    return [face.scaled(own_px / longer_px) for face in yunet.find(seen)]


def _with_longer_side(image: Image, longer_px: int) -> Image:
    """A picture reduced or enlarged to a longer side of so many px."""
    height, width = image.shape[:2]
    scale = longer_px / max(height, width)
    if scale == 1:
        return image
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)
