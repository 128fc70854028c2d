from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from core.adapting.fitting import fit_shift
from core.adapting.rehearsal import Faces
from core.adapting.validation import Outcome, cross_validate
from tests.core.adapting.builders import make_faces

KNOWN = make_faces(1000, seed=7)


def verdict_of(faces: Faces, groups: NDArray[np.int64] | None = None):  # type: ignore[no-untyped-def]
    return cross_validate(faces, np.arange(len(faces)) if groups is None else groups, KNOWN)


def test_a_cameras_bias_is_learnt_and_what_was_known_stays() -> None:
    corrected = make_faces(200, is_of_camera=True, bias_years=-8)
    verdict = verdict_of(corrected)
    assert verdict.outcome is Outcome.BETTER
    assert verdict.bias_before_years == pytest.approx(-8, abs=1)
    assert abs(verdict.bias_after_years) < 2
    assert verdict.known_after_years - verdict.known_before_years < 0.1
    unseen = make_faces(500, is_of_camera=True, bias_years=-8, seed=9)
    shift = fit_shift(corrected, KNOWN)
    after = unseen.estimated_years + shift.years(unseen.styles, unseen.estimated_years)
    assert abs((after - unseen.true_years).mean()) < 2


def test_without_a_bias_there_is_nothing_to_learn() -> None:
    assert verdict_of(make_faces(200, is_of_camera=True)).outcome is Outcome.NO_BETTER


def test_ages_at_random_disagree_even_if_learning_moves_them_nearer() -> None:
    faces = make_faces(300, is_of_camera=True)
    dealt = replace(faces, true_years=np.random.default_rng(2).permutation(faces.true_years))
    verdict = verdict_of(dealt)
    assert verdict.after_years < verdict.before_years
    assert verdict.outcome is Outcome.DISAGREES


@pytest.mark.parametrize("right_share", [0.0, 0.1])
def test_faces_of_many_ages_that_are_said_to_be_of_one_disagree(right_share: float) -> None:
    faces = make_faces(300, is_of_camera=True)
    is_right = np.random.default_rng(2).random(300) < right_share
    verdict = verdict_of(replace(faces, true_years=np.where(is_right, faces.true_years, 30.0)))
    assert verdict.after_years < verdict.before_years
    assert verdict.outcome is Outcome.DISAGREES


def test_faces_of_one_age_do_not_disagree() -> None:
    faces = make_faces(200, is_of_camera=True)
    pupils = replace(
        faces, true_years=np.full(200, 10.0), estimated_years=faces.estimated_years / 20 + 14
    )
    assert verdict_of(pupils).outcome is Outcome.BETTER


def test_pictures_that_look_like_all_others_make_it_forget() -> None:
    assert verdict_of(make_faces(1000, bias_years=12, seed=3)).outcome is Outcome.FORGETS


def test_copies_of_one_picture_are_no_proof() -> None:
    few = make_faces(6, is_of_camera=True, bias_years=-2, error_years=8, seed=4)
    copies = few.part(np.repeat(np.arange(6), 40))
    alone = verdict_of(copies)
    together = verdict_of(copies, np.repeat(np.arange(6), 40))
    assert alone.outcome is Outcome.BETTER
    assert together.outcome is not Outcome.BETTER
