"""What a model's repository says of it: README.md, made from the card alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from huggingface_hub import EvalResult, ModelCardData
from huggingface_hub import ModelCard as HubCard

from core.errors import DataError
from core.estimation.model_card import KERAS_FILE, ModelCard
from training.pages.model_page import model_page

README = "README.md"

_TASK = "image-classification"
"""The nearest of the Hub's tasks."""

_METRICS = {
    "mae": "mae",
    "mse": "mse",
    "rmse": "rmse",
    "accuracy": "accuracy",
    "precision": "precision",
    "recall": "recall",
    "f1": "f1",
    "auc": "roc_auc",
}
"""The Hub's names of metrics, by how a figure's own name ends."""

_NO_FIGURES = ("aggregates", "intervals", "measured_on", "n")
"""What a card keeps beside its figures: how many faces, which, and what curves are drawn of."""

_PRETRAINED_ON = ("ImageNet", "VGGFace2", "IMDB-WIKI")
"""Of the collections that a card may name, those that Visage does not read itself."""

_KERAS = """\
import keras
import numpy as np

model = keras.saving.load_model("model.keras", compile=False)
face = np.zeros((1, {size}, {size}, 3), "float32")  # an aligned face, RGB, 0 to 255
print({{name: values.numpy() for name, values in model(face).items()}})
"""
_ONNX = """\
import numpy as np
import onnxruntime

model = onnxruntime.InferenceSession("model.onnx")
face = np.zeros((1, {size}, {size}, 3), "float32")  # an aligned face, RGB, 0 to 255
names = [output.name for output in model.get_outputs()]
print(dict(zip(names, model.run(names, {{model.get_inputs()[0].name: face}}))))
"""

_USE = """\
## Use

```python
{program}```

{others}Faces must be cut out as Visage does it, in
`core/faces/alignment.py`. `python -m training hub pull USER/NAME` in Visage's checkout installs the
model, and the app offers it. `card.json` says how outputs become an age with a range, and a gender.
"""
_OTHERS = "`model.onnx` gives the same with ONNX Runtime. "


def write_readme(card: ModelCard, folder: Path) -> None:
    """Write README.md, and the curves that it shows into `folder`/NAME/.

    Raises:
        DataError: if the card lacks figures that they are made of.
    """
    try:
        model_page(card).write_markdown(folder, card.name)
    except KeyError as missing:
        raise DataError(f"The card of {card.name} lacks {missing}: measure it again.") from missing
    page = folder / f"{card.name}.md"
    title, text = page.read_text(encoding="utf-8").split("\n", 1)
    page.unlink()
    program, others = (_KERAS, _OTHERS) if _has_keras(card) else (_ONNX, "")
    use = _USE.format(program=program.format(size=card.input_size_px), others=others)
    content = f"---\n{hub_data(card).to_yaml()}\n---\n\n{title}\n\n{use}{text}"
    (folder / README).write_text(content, encoding="utf-8")
    HubCard(content)  # fails where the Hub could not read its head


def hub_data(card: ModelCard) -> ModelCardData:
    """The head of README.md: what the Hub sorts and filters by, with every measured figure."""
    outputs = [word for word, has in (("age", card.age), ("gender", card.gender)) if has]
    return ModelCardData(
        language="en",
        library_name="keras" if _has_keras(card) else "onnx",
        pipeline_tag=_TASK,
        license="other",
        license_name="research-non-commercial",
        tags=["face-analysis", "onnx", *(f"{word}-estimation" for word in outputs)],
        datasets=_learnt_from(card),
        model_name=card.title,
        eval_results=list(eval_results(card)),
    )


def _has_keras(card: ModelCard) -> bool:
    return KERAS_FILE in card.sha256


def _learnt_from(card: ModelCard) -> list[str]:
    """What the card says that the model, and the weights that it began with, learnt from."""
    named = (*_PRETRAINED_ON, *_collections(card))
    return sorted({*card.collections, *(name for name in named if name in card.training_data)})


def eval_results(card: ModelCard) -> Iterator[EvalResult]:
    """Every figure of a card, each with the faces that it was measured on."""
    collections = _collections(card)
    name = " and ".join(collections) or "test faces"
    for group, key, value in _figures(card.figures):
        yield EvalResult(
            task_type=_TASK,
            task_name=f"{'Gender' if key.startswith('gender') else 'Age'} estimation",
            dataset_type="-".join(collections).lower() or "test-faces",
            dataset_name=f"{name}: {group}" if group else name,
            dataset_config=group or None,
            dataset_split="test",
            metric_type=_METRICS.get(key.rsplit("_", 1)[-1], key),
            metric_name=key.replace("_", " "),
            metric_value=round(value, 6),
        )


def _figures(values: Mapping[str, Any], group: str = "") -> Iterator[tuple[str, str, float]]:
    """Group ("by age band 0-2"), name and value of each number, also of those within groups."""
    for key, value in values.items():
        if key in _NO_FIGURES:
            continue
        if isinstance(value, Mapping):
            yield from _figures(value, f"{group} {key.replace('_', ' ')}".strip())
        elif isinstance(value, int | float):
            yield group, key, value


def _collections(card: ModelCard) -> list[str]:
    return list(card.figures.get("measured_on", {}))
