"""Which candidates of a photo are faces.

What YuNet is sure of is a face. Of the rest, those are that BlazeFace's second look finds again
(core/faces/second_look.py), or that are seen in many ways, and for which enough speaks together.
Landmarks are BlazeFace's wherever it surely sees the face, because alignment was learnt from them;
else YuNet's, made alike.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from core.faces.detector import SURE_LOOK_SCORE
from core.faces.pyramid import Pyramid
from core.faces.second_look import find_again, is_upright, transform_detection
from core.faces.similarity import invert_similarity, similarity_about
from core.faces.yunet import YuNet
from core.sources.photo import elongation
from core.types import Box, Detection

OVERVIEW_PX = 640
"""Longer side of what YuNet sees of a whole photo of a usual shape."""

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

_ENOUGH_EVIDENCE = 1.6
"""Sum of YuNet's score, BlazeFace's and YuNet's at a closer look for a clearly confirmed face to be
believed: a galaxy reached 1.5."""

_FAINT_EVIDENCE = 0.3
"""Sum of YuNet's score and that of its closer look below which other ways to see a face are in
vain: of what is none, a third has more."""

_AGREEMENT = 0.69
"""Mean score of BlazeFace's looks from here on which they agree on a face: those with both mask and
sunglasses have 0.63 to 0.82, a headlight has 0.65."""

_ENOUGH_VIEWS = 2.9
"""Sum of YuNet's scores in several sizes and of twice the looks' agreement, from which on a face
that none sees clearly is believed: a blurred cheetah's reached 2.8, a headlight 2.4; two ninths of
faces blurred by motion over a third of their width have more."""

_COARSE_SHARES = (0.5, 0.25, 0.125)
"""Of the sides at which the whole photo is usually looked at: blurred faces are seen in less px."""

_EVIDENCE_IN_TILE = 2.0
_SURE_TWICE = 1.75
"""In tiles, which are many, more must speak together (galaxies reached 1.8), and, where YuNet alone
sees a face, its score there and at a closer look (a motorcycle's headlight reached 1.72)."""

_UNCONFIRMED = 0.5
"""What counts as BlazeFace's score in a face's own where it sees none."""

CLEARLY_UPRIGHT_SCORE = 0.8
"""Mean of both detectors' scores from which on a face that seems upright is: one upside down
reaches 0.78, one on its side 0.79."""

_TURNED_LOOK_SCORE = 0.8
_TURNED_ADVANTAGE = 0.08
"""What a look at the turned face must reach, and by how much it must be surer, for the face to lie:
of those that do, such looks reach 0.88 to 0.95 and are surer by 0.1 or more."""

_CLOSE_LOOK_PX = 96
_CLOSE_FACE_PX = 40
"""Side of YuNet's closer look, and of the face in it."""


class SecondLook(Protocol):
    """What confirms a face: see core/faces/detector.py."""

    def look_again(self, pyramid: Pyramid, candidate: Detection) -> Detection | None: ...

    def other_looks(self, pyramid: Pyramid, candidate: Detection) -> list[float]: ...

    def look_turned(self, pyramid: Pyramid, box: Box) -> Detection | None: ...


class PhotoJudge:
    """Judges the candidates of one photo.

    Args:
        yunet: looks at candidates closer, and at the photo in fewer px.
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
        look_score = 0.0 if look is None else look.score
        is_face = self._is_face_in_tile if is_tile else self._is_face_in_whole
        if not is_face(candidate, look_score):
            return None
        if look is None or look.score < SURE_LOOK_SCORE:
            face = replace(candidate, score=(candidate.score + _UNCONFIRMED) / 2)
        else:
            face = replace(look, score=(candidate.score + look.score) / 2)
        if face.score >= CLEARLY_UPRIGHT_SCORE and is_upright(face):
            return face
        return self._turned(face, candidate, look_score) or face

    def _turned(self, face: Detection, candidate: Detection, look_score: float) -> Detection | None:
        """A face that lies or stands upside down as it is then; None if it surely stands."""
        look = self._second_look.look_turned(self._pyramid, face.box)
        if look is None or look.score < max(_TURNED_LOOK_SCORE, look_score + _TURNED_ADVANTAGE):
            return None
        return replace(look, score=(candidate.score + look.score) / 2)

    def _is_face_in_tile(self, candidate: Detection, look_score: float) -> bool:
        if look_score < SURE_LOOK_SCORE:
            is_sure = candidate.score >= _SURE_SCORE
            return is_sure and candidate.score + self._close_score(candidate) >= _SURE_TWICE
        if _is_clear(candidate.score, look_score):
            return True
        evidence = candidate.score + look_score + self._close_score(candidate)
        return evidence >= _EVIDENCE_IN_TILE

    def _is_face_in_whole(self, candidate: Detection, look_score: float) -> bool:
        if _is_clear(candidate.score, look_score):
            return True
        close_score = self._close_score(candidate)
        evidence = candidate.score + look_score + close_score
        if look_score >= _CLEAR_LOOK_SCORE and evidence >= _ENOUGH_EVIDENCE:
            return True
        return candidate.score + close_score >= _FAINT_EVIDENCE and self._is_seen_otherwise(
            candidate, look_score, close_score
        )

    def _is_seen_otherwise(
        self, candidate: Detection, look_score: float, close_score: float
    ) -> bool:
        """Whether a candidate of which none is sure is seen in many ways."""
        looks = [look_score, *self._second_look.other_looks(self._pyramid, candidate)]
        agreement = sum(looks) / len(looks)
        if agreement >= _AGREEMENT:
            return True
        coarse_scores = (_score_of(candidate, faces) for faces in self._coarse)
        return 2 * agreement + close_score + sum(coarse_scores) >= _ENOUGH_VIEWS

    @cached_property
    def _coarse(self) -> list[list[Detection]]:
        return [find_in_whole(self._yunet, self._pyramid, share) for share in _COARSE_SHARES]

    def _close_score(self, candidate: Detection) -> float:
        """How sure YuNet is of a candidate at the scale that suits it; 0 if it sees none."""
        box, middle = candidate.box, _CLOSE_LOOK_PX / 2
        scale = _CLOSE_FACE_PX / max(box.width, box.height, 1.0)
        transform = similarity_about(box.centre, (middle, middle), scale)
        picture, shown = self._pyramid.look(transform, _CLOSE_LOOK_PX)
        back = invert_similarity(shown)
        seen = (transform_detection(face, back) for face in self._yunet.find(picture))
        return _score_of(candidate, seen)


def _is_clear(score: float, look_score: float) -> bool:
    """Whether YuNet's score, alone or with a look's, needs no third opinion."""
    return score >= _SURE_SCORE or (score >= _CLEAR_SCORE and look_score >= _CLEAR_LOOK_SCORE)


def _score_of(candidate: Detection, faces: Iterable[Detection]) -> float:
    """The score of that of several faces which is the candidate; 0 if none is."""
    again = find_again(candidate.box, faces)
    return 0.0 if again is None else again.score


def overview_px(width_px: int, height_px: int) -> float:
    """Longer side of what YuNet sees of a whole photo that is not smaller."""
    return OVERVIEW_PX * elongation(width_px, height_px)


def find_in_whole(yunet: YuNet, pyramid: Pyramid, share: float = 1.0) -> list[Detection]:
    """What YuNet finds in a whole photo.

    Args:
        share: of the sides at which it is usually looked at.
    """
    height, width = pyramid.level(0).shape[:2]
    own_px = max(height, width)
    longer_px = max(1, round(share * min(overview_px(width, height), MOST_ENLARGED * own_px)))
    seen = pyramid.with_longer_side(longer_px)
    return [face.scaled(own_px / longer_px) for face in yunet.find(seen)]
