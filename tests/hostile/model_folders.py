"""Mutated model folders: found, verified and run, or answered with a sentence."""

import hashlib
import json
import logging
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core import paths
from core.errors import ModelError
from core.estimation.model_card import CARD_FILE, ONNX_FILE
from core.estimation.model_folder import find_models
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from tests.hostile.mutation import mutated
from tests.model_folders import coloured_chips, make_model_folder

NONSENSE: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 0.5, 1e308, float("nan"), "", "../..", "/etc/passwd", "\x1b[2J",
    "x" * 100_000, [], {}, [[[]]], {"kind": "years"}, {"model.onnx": "0" * 64},
)  # fmt: skip


def try_mutated_folders(folder: str, first: int, count: int) -> None:
    """Find and run models from mutated folders; prints how many answered and how many did not.

    Raises:
        AssertionError: if a model answers whose file was changed.
    """
    logging.disable(logging.CRITICAL)
    root = Path(folder, "models")
    sound = make_model_folder(Path(folder, "sound"), "tiny")
    answered = refused = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "models_dir", lambda: root)
        patch.setattr(paths, "user_models_dir", lambda: root / "none")
        for number in range(first, first + count):
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            change = _CHANGES[number % len(_CHANGES)]
            change(Path(shutil.copytree(sound, root / "tiny")), number)
            is_answered = _try_models()
            assert not (is_answered and change is _mutate_model), number
            answered += is_answered
            refused += not is_answered
    print(answered, refused)


def _try_models() -> bool:
    """Whether there is a model that answers."""
    try:
        for model in find_models():
            with Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE))) as predictor:
                predictor.predict(coloured_chips((9, 9, 9), size_px=model.card.input_size_px))
                return True
    except ModelError as error:
        assert str(error)
    return False


def _mutate_card_text(folder: Path, number: int) -> None:
    card = folder / CARD_FILE
    card.write_bytes(mutated({CARD_FILE: card.read_bytes()}, number)[1])


def _mutate_card_value(folder: Path, number: int) -> None:
    """Nonsense at some place of the card that is still JSON."""
    chance = random.Random(number)
    values = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    place = values
    while isinstance(place, dict) and place:
        name = chance.choice(sorted(place))
        if not isinstance(place[name], dict) or chance.random() < 0.5:
            place[name] = chance.choice(NONSENSE)
            break
        place = place[name]
    (folder / CARD_FILE).write_text(json.dumps(values), encoding="utf-8")


def _mutate_model(folder: Path, number: int) -> None:
    """Another model than the one that the card's hash names."""
    model = folder / ONNX_FILE
    before = model.read_bytes()
    content = mutated({ONNX_FILE: before}, number)[1]
    model.write_bytes(content if content != before else before + b"\0")


def _mutate_and_sign(folder: Path, number: int) -> None:
    """A model that is damaged, but signed as if it were meant."""
    _mutate_model(folder, number)
    values = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    values["sha256"] = {ONNX_FILE: hashlib.sha256((folder / ONNX_FILE).read_bytes()).hexdigest()}
    (folder / CARD_FILE).write_text(json.dumps(values), encoding="utf-8")


_CHANGES: tuple[Callable[[Path, int], None], ...] = (
    _mutate_card_text,
    _mutate_card_value,
    _mutate_model,
    _mutate_and_sign,
)
