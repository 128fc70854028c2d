"""Which chips are new to a model: figures of others are too good."""

from core.errors import DataError
from core.estimation.model_card import ModelCard
from training.data.labelled_data import Data, Part


def learnt_otherwise(card: ModelCard, data: Data) -> list[str]:
    """The collections of `data` that the model learnt from in another split, by name."""
    return [
        one.name
        for one in data.collections
        if card.collections.get(one.name, {}).get("split", one.split.digest) != one.split.digest
    ]


def check_split(card: ModelCard, data: Data) -> None:
    """See that no test chip of `data` was a training chip of the model, as far as its card knows.

    Raises:
        DataError: if the model learnt from another split of one of the collections.
    """
    if names := learnt_otherwise(card, data):
        raise DataError(
            f"{card.name} learnt from another split of {' and '.join(names)}, or from other chips "
            "of that name: the test chips are not new to it."
        )


def measured_on(data: Data, part: Part) -> dict[str, dict[str, str | int]]:
    """What figures are of, for the card: the digest of each collection's split, and the part."""
    return {
        one.name: {
            "split": one.split.digest,
            "part": part.value,
            "n": one.counts().get(_SIZES.get(part, ""), len(one.chips)),
        }
        for one in data.collections
    }


_SIZES = {Part.TRAIN: "train", Part.VALIDATION: "validation", Part.TEST: "test"}
