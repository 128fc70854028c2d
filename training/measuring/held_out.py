"""Which chips are new to a model: figures of others are too good."""

from core.errors import DataError
from core.estimation.model_card import ModelCard
from training.data.collection import Collection
from training.data.labelled_data import Data, Part
from training.publishing.model_search import REPORT_SPLIT, learnt_from_reports_split

_COUNTS = {Part.TRAIN: "train", Part.VALIDATION: "validation", Part.TEST: "test"}


def learnt_otherwise(card: ModelCard, data: Data) -> list[str]:
    """The collections of `data` that the model learnt from in another split, by name.

    An older card does not name its splits: what it learnt is known by its command.
    """
    return [one.name for one in data.collections if _is_learnt_otherwise(card, data, one)]


def _is_learnt_otherwise(card: ModelCard, data: Data, collection: Collection) -> bool:
    if not card.collections:
        return learnt_from_reports_split(card) is not data.is_reports_split
    learnt = card.collections.get(collection.name)
    return learnt is not None and learnt["split"] != collection.split.digest


def check_held_out(card: ModelCard, data: Data, part: Part, *, is_for_card: bool) -> None:
    """See that figures of chips that were learnt, or chose a checkpoint, do not pass for others.

    Raises:
        DataError: if they would come into the card, or the model learnt from the report's split.
    """
    is_reports = learnt_from_reports_split(card)
    learnt = learnt_otherwise(card, data)
    if part is not Part.TEST:
        learnt = [
            one.name
            for one in data.collections
            if not card.collections or one.name in card.collections
        ]
    if not learnt:
        return
    if is_for_card or is_reports:
        raise DataError(
            f"{card.name} learnt from chips of this part of {' and '.join(learnt)}, or was chosen "
            f"by them. Its figures are those of --split {REPORT_SPLIT if is_reports else 'test'}."
        )
    print(f"{card.name} learnt from chips of this part: these figures are too good.")


def measured_on(data: Data, part: Part) -> dict[str, dict[str, str | int]]:
    """What figures are of, for the card: the digest of each collection's split, and the part."""
    return {
        one.name: {
            "split": one.split.digest,
            "part": part.value,
            "n": one.counts()[_COUNTS[part]] if part in _COUNTS else len(one.chips),
        }
        for one in data.collections
    }
