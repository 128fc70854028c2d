"""Teaches a network the answers of others beside the labels (Hinton et al., 2015).

Several networks together are nearer the truth than each of them. One student gets part of that at
the cost of one network, when its teachers are asked about the very crop that it sees (Beyer et
al., "A good teacher is patient and consistent", 2022), each at its own input size, but before
light, grain and wear, which lead teachers astray too: the student learns to see through them (Xie
et al., "Self-training with noisy student", 2020).

A teacher is asked about chips of the collections that it learnt from: of others it knows less than
those that did. A student of several collections keeps so what specialists know of each.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from core.closing import Closing
from core.errors import DataError
from core.estimation.model_card import ONNX_FILE, AgeOutputKind, ModelCard, read_card
from core.estimation.model_folder import ModelFolder
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import AGE_OUTPUT, GENDER_OUTPUT, Predictor
from training.learning.configs import TrainConfig

PicturesOfSize = Callable[[int], NDArray[np.uint8]]
"""The same N pictures at any side S in px, (N, S, S, 3)."""

_LOSSES = {AGE_OUTPUT: keras.losses.KLDivergence, GENDER_OUTPUT: keras.losses.BinaryCrossentropy}


def taught(output: str) -> str:
    """The name under which an output is compared with what the teachers say."""
    return f"{output}_taught"


def with_teaching(model: keras.Model, config: TrainConfig) -> keras.Model:
    """`model`, its weights shared, with each output a second time, to be compared with teachers."""
    if not config.teachers:
        return model
    copies = {
        taught(name): keras.layers.Identity(name=taught(name), dtype="float32")(model.output[name])
        for name in config.outputs
    }
    return keras.Model(model.input, {**model.output, **copies})


def teaching_losses(config: TrainConfig) -> dict[str, keras.losses.Loss]:
    """How far each output is from what the teachers say; none without teachers."""
    return {taught(name): _LOSSES[name]() for name in config.outputs if config.teachers}


class Teachers(Closing):
    """The model folders in `config.teachers`, ready to be asked; there may be none.

    Raises:
        DataError: if a model's outputs are not those of the network.
        ModelError: if it cannot be loaded.
    """

    def __init__(self, config: TrainConfig) -> None:
        self._outputs = config.outputs
        self._predictors = [_load(Path(folder), config) for folder in config.teachers]
        self._input_sizes_px = {one.card.input_size_px for one in self._predictors}

    def answers(
        self, pictures_of: PicturesOfSize, collections: Sequence[str]
    ) -> dict[str, NDArray[np.float32]]:
        """The mean answer to each picture, by taught name; nothing without teachers.

        Args:
            pictures_of: N pictures.
            collections: the name of each one's collection, which says who is asked about it: all
                where nobody learnt from it.
        """
        if not self._predictors:
            return {}
        pictures = {size: pictures_of(size) for size in self._input_sizes_px}
        shares = _shares([one.card for one in self._predictors], collections)
        answers: dict[str, NDArray[np.float32]] = {}
        for predictor, share in zip(self._predictors, shares, strict=True):
            asked = np.flatnonzero(share)
            if not len(asked):
                continue
            said = predictor.outputs(pictures[predictor.card.input_size_px][asked])
            for name in self._outputs:
                shape = (len(share), *said[name].shape[1:])
                whole = answers.setdefault(taught(name), np.zeros(shape, np.float32))
                whole[asked] += share[asked, None] * said[name]
        return answers

    def close(self) -> None:
        """Release the models."""
        for predictor in self._predictors:
            predictor.close()


def _shares(cards: Sequence[ModelCard], collections: Sequence[str]) -> NDArray[np.float32]:
    """How much each teacher's answer to each picture counts, (teachers, N); they add up to 1.

    An older card does not name what it learnt from: such a model is asked about everything.
    """
    asked = np.array(
        [
            [not card.collections or name in card.collections for name in collections]
            for card in cards
        ]
    )
    asked[:, ~asked.any(axis=0)] = True
    return np.asarray(asked / asked.sum(axis=0), np.float32)


def _load(folder: Path, config: TrainConfig) -> Predictor:
    card = read_card(folder)
    if not _fits(card, config):
        raise DataError(
            f"The model in {folder} cannot teach {config.name}: both must have the same outputs "
            "and say ages as a distribution."
        )
    engine = OnnxEngine(ModelFolder(folder, card).verify_file(ONNX_FILE), thread_count=1)
    return Predictor(card, engine)


def _fits(card: ModelCard, config: TrainConfig) -> bool:
    if config.gender and not card.gender:
        return False
    if config.age is None:
        return True
    says = replace(card.age, range=None) if card.age else None
    return says == config.age and config.age.kind is AgeOutputKind.DISTRIBUTION
