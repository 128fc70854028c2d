"""Installs what was learnt: a folder among the user's models, which the app then offers."""

import hashlib
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from core import paths
from core.adapting.age_shift import AgeShift, with_shift
from core.adapting.extended_model import read_graph
from core.adapting.learnt_name import LEARNT_BY
from core.adapting.rehearsal import Rehearsal
from core.adapting.validation import FOLDS, Verdict
from core.batch.export.unfinished import unfinished_folder
from core.errors import LearningError
from core.estimation.model_card import ONNX_FILE, ModelCard, write_card
from core.estimation.model_folder import ModelFolder


def install(
    base: ModelFolder, rehearsal: Rehearsal, shift: AgeShift, verdict: Verdict, name: str
) -> Path:
    """Write the model, in the place of one of that name that was learnt before; its folder.

    Raises:
        LearningError: if it cannot be written.
        ModelError: if the model that it is made from cannot be read.
    """
    age = base.card.age
    assert age is not None, "its distribution was read"
    years = age.first_year + np.arange(rehearsal.bin_count, dtype=np.float64)
    graph = with_shift(read_graph(base), rehearsal.reading, shift, years)
    data = graph.to_bytes()
    root = paths.user_models_dir()
    try:
        paths.make_private_folder(root)
        with unfinished_folder(root) as place:
            made = Path(place, name)
            made.mkdir()
            (made / ONNX_FILE).write_bytes(data)
            card = _card(base.card, shift, verdict, name, hashlib.sha256(data).hexdigest())
            write_card(card, made)
            if (root / name).exists():
                (root / name).rename(Path(place, "before"))
            made.rename(root / name)
    except OSError as error:
        raise LearningError(f"The model cannot be written to {root} ({error.strerror}).") from error
    return root / name


def _card(base: ModelCard, shift: AgeShift, verdict: Verdict, name: str, digest: str) -> ModelCard:
    count = verdict.face_count
    return replace(
        base,
        name=name,
        title=f"{base.title}, fitted ({name})",
        description=f"{base.title}, whose ages are shifted in pictures that look like those of "
        f"{count:,} faces whose ages were corrected by hand.",
        sha256={ONNX_FILE: digest},
        parameter_count=base.parameter_count + shift.parameter_count,
        training_data=f"{count:,} faces corrected by hand on this computer; before that: "
        f"{base.training_data}",
        training_command=f"{LEARNT_BY} --name {name}",
        figures={
            "n": count,
            "age_mae": verdict.after_years,
            "age_bias": verdict.bias_after_years,
        },
        figures_command=f"{LEARNT_BY}, on the corrected faces, each by what was learnt from "
        f"other pictures ({FOLDS} parts)",
        run="",
        learning={**asdict(verdict), "base": base.name, "base_sha256": base.sha256[ONNX_FILE]},
        collections={},
    )
