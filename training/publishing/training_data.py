"""What a card says of the chips that a model learnt from."""

from pathlib import Path

from training.data.collection import Collection
from training.data.labelled_data import Data
from training.learning.configs import TrainConfig
from training.publishing.model_search import short_name

_KINDS = {
    "UTKFace": "UTKFace, aligned and cropped, for non-commercial research only",
    "AAF": "All-Age-Faces, aligned by Visage, for research only",
}
_GROUP_SPLIT = "split by duplicate group"
_REPORTS_SPLIT = "split as the report did, copies of test chips among them"


def describe_training_data(config: TrainConfig, data: Data) -> str:
    """How many chips of what, how they were split, what came before, and who taught."""
    split = _REPORTS_SPLIT if data.is_reports_split else _GROUP_SPLIT
    collections = "; ".join(_describe(collection) for collection in data.collections)
    learnt = f"{collections}; {split}." if len(data.collections) > 1 else f"{collections}, {split}."
    if config.pretraining:
        learnt += f" Before that: {config.pretraining}."
    if config.teachers:
        names = " and ".join(sorted(short_name(Path(teacher)) for teacher in config.teachers))
        learnt += f" It learnt what {names} says of them, too."
    return learnt


def describe_licence(data: Data) -> str:
    """Under what terms the weights may be used."""
    names = [collection.name for collection in data.collections]
    of = f"licence of {names[0]}" if len(names) == 1 else f"licences of {' and '.join(names)}"
    return f"The code is Apache-2.0. The weights follow the {of}: research and non-commercial use."


def _describe(collection: Collection) -> str:
    kind = _KINDS.get(collection.name, collection.name)
    return f"{kind}: {len(collection.split.train)} chips of {len(collection.chips)}"
