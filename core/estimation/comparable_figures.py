"""Figures that can stand side by side: those of the faces that every published model has met."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.estimation.model_card import ModelCard

COMMON_COLLECTION = "UTKFace"
"""Every published model was measured on its test part, some on others, too."""


def by_collection(card: "ModelCard") -> "dict[str, ModelCard]":
    """The card with its figures of one collection alone, for each that it was measured on."""
    measured = card.figures.get("measured_on", {})
    return {
        name: replace(card, figures={**figures, "measured_on": {name: measured[name]}})
        for name, figures in card.figures.get("by_collection", {}).items()
        if name in measured
    }


def comparable(card: "ModelCard") -> "ModelCard":
    """The card with its figures of the common collection, where it was measured on several."""
    return by_collection(card).get(COMMON_COLLECTION, card)
