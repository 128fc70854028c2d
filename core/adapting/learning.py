"""Learns from corrections, from the stored jobs to an installed model: docs/adr/0020."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.adapting.corrected_faces import (
    CorrectedFaces,
    FaceReader,
    JobChoice,
    StoppedError,
    TooFewFacesError,
)
from core.adapting.fitting import fit_shift
from core.adapting.kept_answers import KeptAnswers
from core.adapting.learnt_model import install
from core.adapting.learnt_name import check_name
from core.adapting.rehearsal import has_rehearsal, read_rehearsal
from core.adapting.validation import Outcome, Verdict, cross_validate
from core.errors import LearningError
from core.estimation.model_folder import DEFAULT_MODELS, ModelFolder, find_models

LEAST_FACES = 50
"""Fewer say too little about which errors they share."""

LEAST_PICTURES = 10
"""Of fewer, each fifth that is measured on would be one picture, or two that are much alike."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of it.

    Attributes:
        folder: of the new model; None if none was installed.
        missing_count: corrected faces whose photos cannot be read any more.
    """

    verdict: Verdict
    folder: Path | None
    missing_count: int


def learn(
    choices: Sequence[JobChoice],
    name: str,
    tell: Callable[[int, int], None],
    is_stopped: Callable[[], bool],
) -> Learnt | None:
    """Learn from the corrected ages of some jobs, and install a model if it is better.

    It always starts from the model that was published, so that nothing is learnt twice.

    Args:
        name: of the new model.
        tell: called with how many faces are read, and how many there are.
        is_stopped: asked before each photo, and before a model is installed.

    Returns:
        None if it was stopped; what was read is kept, and the next time goes on there.

    Raises:
        LearningError: if there is too little to learn from, or the name is taken.
        ModelError: if no model can learn, or it cannot be run.
        StoreError: if a job cannot be read.
    """
    check_name(name)
    count = sum(choice.corrected_count() for choice in choices)
    _check_enough(count)
    base = teachable_model()
    rehearsal = read_rehearsal(base)
    kept = KeptAnswers()
    reader = FaceReader(base, rehearsal, kept, lambda done: tell(done, count), is_stopped)
    try:
        read = reader.read(choices)
        _check_enough(len(read.faces), read.missing_count)
        _check_pictures(read)
    except StoppedError:
        return None
    except TooFewFacesError:
        kept.forget()
        raise
    verdict = cross_validate(read.faces, read.pictures, rehearsal.faces)
    if is_stopped():
        return None
    folder = None
    if verdict.outcome is Outcome.BETTER:
        shift = fit_shift(read.faces, rehearsal.faces)
        folder = install(base, rehearsal, shift, verdict, name)
    kept.forget()
    return Learnt(verdict, folder, read.missing_count)


def teachable_model() -> ModelFolder:
    """The model that is learnt from: the first default model that comes with a rehearsal.

    Raises:
        LearningError: if none does.
    """
    models = {model.card.name: model for model in find_models() if has_rehearsal(model)}
    for name in (*DEFAULT_MODELS, *models):
        if name in models:
            return models[name]
    raise LearningError("No installed model comes with what it needs to learn.")


def _check_enough(count: int, missing_count: int = 0) -> None:
    if count >= LEAST_FACES:
        return
    sentences = [f"Learning needs {LEAST_FACES} faces with a corrected age; there are {count:,}."]
    if missing_count:
        sentences.append(f"Faces whose photos cannot be read any more: {missing_count:,}.")
    raise TooFewFacesError(" ".join(sentences))


def _check_pictures(read: CorrectedFaces) -> None:
    count = len(np.unique(read.pictures))
    if count < LEAST_PICTURES:
        raise TooFewFacesError(
            f"Learning needs faces of {LEAST_PICTURES} different pictures; there are {count:,}. "
            "Copies, and pictures that look the same, count as one."
        )
