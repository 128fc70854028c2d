"""The rows of the final table: the models that there are, and those still to be trained."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import DataError
from core.estimation.model_card import ModelCard
from training.architectures.transfer import IMAGENET, NO_WEIGHTS
from training.learning.configs import Preset
from training.learning.presets import TITLES, find_config
from training.pages.page import link
from training.regeneration.plan import Plan, Stage, published_plan

REPORTED_TOO = ("gender_cnn", "mobilenet_v2", "efficientnet_b2")
"""Rows in the report's preset, beside the tuned one, are wanted of these."""

NOT_KEPT = "not kept"

_OF_A_PLACE = {"weights", "teachers", "runs", "collections", "precision"}
"""Options that can be other words on a card than in the plan of the same model."""


@dataclass(frozen=True, slots=True)
class Row:
    """One model in one preset.

    Attributes:
        card: None where it is still to be trained.
        page: the name of its page; empty where it has none.
    """

    name: str
    preset: Preset
    card: ModelCard | None
    page: str

    @property
    def title(self) -> str:
        return self.card.title if self.card else find_config(self.name, self.preset).title

    @property
    def model_title(self) -> str:
        """Of the model, in whichever preset and run."""
        return TITLES.get(self.name, self.title)

    @property
    def linked_title(self) -> str:
        """Leads to its page, where it has one."""
        return link(self.title, self.page) if self.page else self.title


def rows_of(cards: Sequence[ModelCard]) -> tuple[Row, ...]:
    """A row for each card and for each model that has none, in the report's order.

    Raises:
        DataError: if a card names a preset that there is not.
    """
    rows: list[Row] = []
    for name in dict.fromkeys([*TITLES, *(card.name for card in cards)]):
        for preset in Preset:
            found = [card for card in cards if card.name == name and preset_of(card) is preset]
            rows += _rows_in(name, preset, found)
    return tuple(rows)


def _rows_in(name: str, preset: Preset, cards: Sequence[ModelCard]) -> Iterator[Row]:
    page = f"{name}-{preset}"
    for number, card in enumerate(cards):
        yield Row(name, preset, card, f"{page}-{card.run}" if number else page)
    wanted = TITLES if preset is Preset.TUNED else REPORTED_TOO
    if not cards and name in wanted:
        yield Row(name, preset, None, page)


def preset_of(card: ModelCard) -> Preset:
    """In which preset a model was trained.

    Raises:
        DataError: if there is none of this name.
    """
    found = re.search(r"--preset (\S+)", card.training_command)
    if not found:
        return Preset.TUNED
    if found[1] not in list(Preset):
        of_run = f" (run {card.run})" if card.run else ""
        raise DataError(
            f"The card of {card.title}{of_run} names the preset {found[1]}. "
            f"Choose from {', '.join(Preset)}."
        )
    return Preset(found[1])


def command_for(row: Row) -> str:
    """What trains the model of a row."""
    weights = find_config(row.name, row.preset).weights
    file = f" --weights {weights}" if weights not in {IMAGENET, NO_WEIGHTS} else ""
    preset = " --preset report" if row.preset is Preset.REPORT else ""
    return f"python -m training train {row.name}{preset} --data UTKFace.tar.gz{file}"


def facts_of(card: ModelCard) -> list[tuple[str, str]]:
    """What made the model and its figures; what no record was kept of says so."""
    learning = card.learning
    if "average_of" in learning:
        names = ", ".join(sorted({run.split("/")[-1] for run in learning["average_of"]}))
        epochs, hours, hardware = f"those of {names}", f"those of {names}", "that of its runs"
    else:
        before = _stage_before(card)
        epochs = (_epochs(learning) if learning else _asked_epochs(card)) + before
        hours = f"{learning['hours']:.2f}{before}" if learning else NOT_KEPT
        hardware = learning.get("hardware") or NOT_KEPT
    if plan := plan_of(card):
        epochs, hours = _epochs_in(plan.stages), _hours_in(plan.stages)
    return [
        ("run", f"`{card.run}`" if card.run else NOT_KEPT),
        ("input, px", f"{card.input_size_px}"),
        ("precision", learning.get("precision", NOT_KEPT)),
        ("hardware", hardware),
        ("epochs", epochs),
        ("hours", hours),
        ("trained with", f"`{card.training_command}`"),
        ("measured with", f"`{card.figures_command}`"),
    ]


def plan_of(card: ModelCard) -> Plan | None:
    """The plan that a model was made by: its last stage is the command on the card."""
    if not (plan := published_plan(card.name)):
        return None
    last, said = plan.stages[-1], f"{card.training_command} "
    options = {name: value for name, value in last.options.items() if name not in _OF_A_PLACE}
    is_last = f"-m training {last.command} " in said and all(
        f"--{name} {value} " in said for name, value in options.items()
    )
    return plan if is_last else None


def _epochs_in(stages: Sequence[Stage]) -> str:
    """How many each stage learnt for; a mean learns nothing."""
    learnt = [
        stage.stopped_after or stage.options["epochs"]
        for stage in stages
        if stage.command == "train"
    ]
    return " + ".join(map(str, learnt))


def _hours_in(stages: Sequence[Stage]) -> str:
    hours = [stage.hours for stage in stages if stage.command == "train"]
    known = sum(each for each in hours if each is not None)
    if None not in hours:
        return f"{known:.1f} in {len(hours)} stages"
    return f"{known:.1f} in {len(hours) - hours.count(None)} of {len(hours)} stages"


def _stage_before(card: ModelCard) -> str:
    """Says that the run went on from another one's weights, whose epochs and hours come on top."""
    found = re.search(r"--weights runs/(\S+)/best.weights.h5", card.training_command)
    return f", after those of {found[1]}" if found else ""


def _epochs(learning: Mapping[str, Any]) -> str:
    """How many there were, and which one's weights were kept where it is not the last's."""
    count = learning["epochs"]
    kept = learning.get("kept_epoch", count)
    return f"{count}" if kept == count else f"{count}, epoch {kept} kept"


def _asked_epochs(card: ModelCard) -> str:
    found = re.search(r"--epochs (\d+)", card.training_command)
    return f"at most {found[1]}" if found else NOT_KEPT
