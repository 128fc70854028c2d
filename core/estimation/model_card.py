"""The card of a model: what it takes and gives, how good it is, and where that was measured."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from stat import S_ISREG
from typing import Any

from core.errors import ModelError
from core.estimation.card_figures import COLLECTIONS, FIGURES, LEARNING, readable
from core.estimation.model_name import is_file_name
from core.whole_text import write_whole_text

CARD_FILE = "card.json"
KERAS_FILE = "model.keras"
ONNX_FILE = "model.onnx"

_NUMBERS = re.compile(r"\[([-+.\deE,\s]+)\]")

_INPUT_SIZES_PX = 16, 1024
_MAX_AGE_YEARS = 150
_MAX_CARD_BYTES = 4_000_000

_NONSENSE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
"""What a file raises that is no card, or one that somebody changed."""

_TEXTS = (
    "name",
    "title",
    "description",
    "training_data",
    "training_command",
    "licence",
    "limits",
    "figures_command",
    "run",
)


class AgeOutputKind(StrEnum):
    """How a model says an age: a number of years, or a softmax over one-year bins."""

    YEARS = "years"
    DISTRIBUTION = "distribution"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """The calibrated 80 % range: offsets from the estimated age, linear between its knots.

    Attributes:
        age_years: estimated ages at which the offsets were measured, rising.
        low_offset_years: the range's lower end minus the estimate, at each knot (negative).
        high_offset_years: the range's upper end minus the estimate, at each knot.
    """

    age_years: tuple[float, ...]
    low_offset_years: tuple[float, ...]
    high_offset_years: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AgeQuantiles:
    """The calibrated 80 % range of a distribution: between two of its own quantiles.

    A model that is unsure of one face gives it a wider range than another face of the same age.

    Attributes:
        age_years: estimated ages at which the levels were measured, rising; linear between them.
        low_level: the share of the distribution below the range, 0-1, at each knot.
        high_level: the share below its upper end, 0-1, at each knot.
    """

    age_years: tuple[float, ...]
    low_level: tuple[float, ...]
    high_level: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AgeOutput:
    """The output `age_output` of a model.

    Attributes:
        first_year: the age of the first bin of a distribution.
        range: None if the model was not calibrated; quantiles for a distribution only.
    """

    kind: AgeOutputKind
    first_year: int = 0
    range: AgeRange | AgeQuantiles | None = None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything the app needs to know of a model, and everything a user should.

    The model takes float32 of shape (N, input_size_px, input_size_px, 3), RGB 0-255, and has the
    outputs `age_output` and `gender_output` (the probability of female) as far as the card says.

    Attributes:
        name: the folder's name, the word that `--model` takes; a name that a file can have.
        sha256: hexadecimal digest by file name, for each file of the model.
        age: None if the model gives no age.
        gender: whether the model gives a gender.
        figures: what `training evaluate` measured on the held-out test split; like `learning` and
            `collections` without what is not of the kind that its name says.
        figures_command: the command that measured it.
        training_command: the command that trained the model.
        limits: what it must not be used for.
        run: the folder of the training run that made the model; empty if it is not known.
        learning: how that run went, as `training evaluate` found it: hardware, precision, hours,
            epochs, and curves by epoch; empty if no record was kept.
        collections: what it learnt from, by name: the digest of its split, and how many chips
            were learnt, validated and tested; empty if it is not known.
    """

    name: str
    title: str
    description: str
    sha256: Mapping[str, str]
    input_size_px: int
    parameter_count: int
    age: AgeOutput | None
    gender: bool
    training_data: str
    training_command: str
    licence: str
    limits: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    figures_command: str = ""
    run: str = ""
    learning: Mapping[str, Any] = field(default_factory=dict)
    collections: Mapping[str, Any] = field(default_factory=dict)


def read_card(folder: Path) -> ModelCard:
    """Read `folder`/card.json.

    Raises:
        ModelError: if it is missing or not a card.
    """
    path = folder / CARD_FILE
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode) or status.st_size > _MAX_CARD_BYTES:
            raise ModelError(f"The card {path} is no file of a few pages.")
        return _card_from(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ModelError(f"The model folder {folder} has no {CARD_FILE}.") from None
    except (OSError, *_NONSENSE) as error:
        raise ModelError(f"The card {path} cannot be understood ({error}).") from error


def write_card(card: ModelCard, folder: Path) -> None:
    """Write `card` to `folder`/card.json, each list of numbers on one line.

    Raises:
        OSError: if it cannot be written; an older card stays as it was.
    """
    text = json.dumps(asdict(card), indent=2, ensure_ascii=False)
    text = _NUMBERS.sub(lambda numbers: "[" + " ".join(numbers[1].split()) + "]", text)
    write_whole_text(folder / CARD_FILE, text + "\n")


def _card_from(values: dict[str, Any]) -> ModelCard:
    card = ModelCard(**{**values, "age": _age_output_from(values["age"])})
    for name in _TEXTS:
        _check_kind(name, getattr(card, name), str)
    for name in ("input_size_px", "parameter_count"):
        _check_kind(name, getattr(card, name), int)
    for name in ("sha256", "figures", "learning", "collections"):
        _check_kind(name, getattr(card, name), dict)
    _check_between("input_size_px", card.input_size_px, *_INPUT_SIZES_PX)
    _check_kind("gender", card.gender, bool)
    _check_file_name("name", card.name)
    for file_name, digest in card.sha256.items():
        _check_file_name("sha256", file_name)
        _check_kind("sha256", digest, str)
    return replace(
        card,
        figures=readable(card.figures, FIGURES),
        learning=readable(card.learning, LEARNING),
        collections=readable(card.collections, COLLECTIONS),
    )


def _check_kind(name: str, value: object, kind: type) -> None:
    if type(value) is not kind:  # True is no int here
        raise TypeError(f"{name} is {value!r}")


def _check_file_name(name: str, value: str) -> None:
    if not is_file_name(value):
        raise ValueError(f"{name} is {value!r}")


def _check_between(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise ValueError(f"{name} is {value!r}, not {least} to {most}")


def _age_output_from(values: dict[str, Any] | None) -> AgeOutput | None:
    if values is None:
        return None
    kind = AgeOutputKind(values["kind"])
    calibration = values.get("range")
    age_range = None if calibration is None else _age_range_from(calibration)
    if isinstance(age_range, AgeQuantiles) and kind is not AgeOutputKind.DISTRIBUTION:
        raise ValueError("only a distribution has quantiles for its age range")
    first_year = values.get("first_year", 0)
    _check_kind("first_year", first_year, int)
    _check_between("first_year", first_year, 0, _MAX_AGE_YEARS)
    return AgeOutput(kind, first_year, age_range)


def _age_range_from(values: dict[str, list[float]]) -> AgeRange | AgeQuantiles:
    columns = {name: tuple(map(float, column)) for name, column in values.items()}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1 or lengths == {0}:
        raise ValueError("the columns of its age range differ in length")
    for name, column in columns.items():
        limits = (0, 1) if name.endswith("_level") else (-_MAX_AGE_YEARS, _MAX_AGE_YEARS)
        for value in column:
            _check_between(name, value, *limits)
    return AgeQuantiles(**columns) if "low_level" in columns else AgeRange(**columns)
