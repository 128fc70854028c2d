"""Whether what was learnt is better on faces that it was not learnt from, beyond chance."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.adapting.fitting import LEAST_VARIANCE, fit_shift
from core.adapting.rehearsal import Faces

MAX_CHANCE = 0.05
"""An improvement that chance alone would bring more often than this is none."""

MAX_DISORDER = 0.01
"""Corrections that follow the faces no better than this are a mistake, or a joke."""

MAX_LOSS_YEARS = 0.1
"""How much worse the model may become on the faces that it knew before."""

FOLDS = 5
_DRAWS = 1999
_MAX_AGE_YEARS = 100.0
_ONE_AGE_YEARS = 5.0
"""Corrections that differ less than this (standard deviation) name one age."""

_MOST_SCATTER = 2.0
"""By so many times as the corrected ages and the model's own spread together may estimates vary.
Of UTKFace's validation part, ten years at a time, it is 1.4 at the most."""


class Outcome(StrEnum):
    """What came of learning."""

    BETTER = "better"
    NO_BETTER = "no better"
    FORGETS = "forgets"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Mean errors in years, each on faces that the shift was not fitted to.

    Attributes:
        face_count: corrected faces.
        before_years: of the published model on corrected faces.
        after_years: of the learnt one.
        bias_before_years: how much too old the published model takes corrected faces.
        bias_after_years: likewise of the learnt one.
        chance: how often chance alone would bring such an improvement, 0-1.
        known_before_years: of the published model on the rehearsed faces.
        known_after_years: of the learnt one.
        disorder: how often ages dealt out at random would follow the estimates as well, 0-1.
    """

    face_count: int
    before_years: float
    after_years: float
    bias_before_years: float
    bias_after_years: float
    chance: float
    known_before_years: float
    known_after_years: float
    disorder: float

    @property
    def outcome(self) -> Outcome:
        if self.disorder > MAX_DISORDER:
            return Outcome.DISAGREES
        if self.chance > MAX_CHANCE or self.after_years >= self.before_years:
            return Outcome.NO_BETTER
        if self.known_after_years - self.known_before_years > MAX_LOSS_YEARS:
            return Outcome.FORGETS
        return Outcome.BETTER


def cross_validate(corrected: Faces, groups: NDArray[np.int64], rehearsed: Faces) -> Verdict:
    """Learn from four fifths of the faces and measure on the fifth, five times over.

    Args:
        groups: faces of one number are never learnt from and measured on at once, (N,).
    """
    rng = np.random.default_rng(0)
    names, group_numbers = np.unique(groups, return_inverse=True)
    folds = rng.permutation(len(names))[group_numbers] % FOLDS
    kept_folds = rng.permutation(len(rehearsed)) % FOLDS
    after = np.empty(len(corrected))
    kept_after = np.empty(len(rehearsed))
    for fold in range(FOLDS):
        mine, kept = folds == fold, kept_folds == fold
        shift = fit_shift(corrected.part(~mine), rehearsed.part(~kept))
        for errors, faces, chosen in ((after, corrected, mine), (kept_after, rehearsed, kept)):
            part = faces.part(chosen)
            errors[chosen] = _errors(part, shift.years(part.styles, part.estimated_years))
    before, kept_before = _errors(corrected), _errors(rehearsed)
    gains = np.bincount(group_numbers, np.abs(before) - np.abs(after)).astype(np.float64)
    return Verdict(
        face_count=len(corrected),
        before_years=float(np.abs(before).mean()),
        after_years=float(np.abs(after).mean()),
        bias_before_years=float(before.mean()),
        bias_after_years=float(after.mean()),
        chance=_chance_of(gains, rng),
        known_before_years=float(np.abs(kept_before).mean()),
        known_after_years=float(np.abs(kept_after).mean()),
        disorder=_disorder_of(corrected, group_numbers, rng),
    )


def _errors(faces: Faces, shift_years: NDArray[np.float64] | float = 0.0) -> NDArray[np.float64]:
    ages = np.clip(faces.estimated_years + shift_years, 0.0, _MAX_AGE_YEARS)
    errors: NDArray[np.float64] = ages - faces.true_years
    return errors


def _chance_of(gains: NDArray[np.float64], rng: np.random.Generator) -> float:
    """How often gains of random sign would sum to as much: a paired permutation test."""
    signs = rng.choice(np.array([-1.0, 1.0]), (_DRAWS, len(gains)))
    return _share_of_draws(signs @ gains >= gains.sum())


def _disorder_of(faces: Faces, group_numbers: NDArray[np.int64], rng: np.random.Generator) -> float:
    """How often the same ages, dealt out at random, would correlate as well with the estimates.

    They are dealt out to groups as a whole, whose faces may be one person's in copies of a picture.
    Learning moves even senseless ages nearer, to their middle. Where nearly all faces were given
    one age it is 1 if the estimates say that they are of many, else nothing can be said: 0.
    """
    explained = faces.true_years.var() + (faces.spread_years**2).mean() + LEAST_VARIANCE
    if faces.estimated_years.var() > _MOST_SCATTER * explained:
        return 1.0
    if faces.true_years.std() < _ONE_AGE_YEARS:
        return 0.0
    counts = np.bincount(group_numbers)
    given, estimated = (
        np.bincount(group_numbers, years - years.mean()) / counts
        for years in (faces.true_years, faces.estimated_years)
    )
    dealt = np.array([rng.permutation(given) @ estimated for _ in range(_DRAWS)])
    return _share_of_draws(dealt >= given @ estimated)


def _share_of_draws(are_as_good: NDArray[np.bool_]) -> float:
    return (1 + int(are_as_good.sum())) / (1 + len(are_as_good))
