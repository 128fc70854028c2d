"""On which faces figures were measured, and whether the model had learnt from them."""

import re
from collections.abc import Sequence

from core.estimation.model_card import ModelCard

_KEY_LENGTH = 8
"""So much of a split's digest tells it from others."""


def faces_of(card: ModelCard) -> str:
    """How many faces of which part: what must be equal where figures stand side by side."""
    parts = [
        f"{name} {of['part']} {of['split'][:_KEY_LENGTH]}"
        for name, of in card.figures.get("measured_on", {}).items()
    ]
    found = re.search(r"--split (\w+)", card.figures_command)
    part = " + ".join(parts) or (found[1] if found else "split not kept")
    return f"{card.figures['n']:,.0f}, {part}"


def are_of_same_faces(cards: Sequence[ModelCard]) -> bool:
    """Whether the cards say that they were measured on the same faces."""
    return len({faces_of(card) for card in cards}) <= 1


def newness(card: ModelCard) -> str:
    """Whether the faces that the model was measured on are new to it, as a sentence."""
    measured, learnt = card.figures.get("measured_on", {}), card.collections
    if not measured or not learnt:
        return "Its card does not say from which split it learnt."
    if strange := [name for name in measured if name not in learnt]:
        return f"It learnt from no collection called {' or '.join(strange)}."
    if all(
        of["part"] == "test" and learnt[name]["split"] == of["split"]
        for name, of in measured.items()
    ):
        return "It never saw them: they are the test part of the split that it learnt from."
    return "It may have learnt from some of them: they are not the test part of its own split."
