"""Which model made a batch, as a person calls it, and the version of its answers."""

from collections.abc import Callable
from typing import TypeAlias

from core.batch.recipe import Recipe
from gui.language.translation import said

TitleOf: TypeAlias = Callable[[str], str]
"""Gives the title of the model of a name."""


def model_words(recipe: Recipe, title_of: TitleOf) -> str:
    """ "Visage 3f9a1c22 (answers 2.1.1.1)"; tables name the model's folder: `labelled_by`."""
    return f"{title_of(recipe.model_name)} {said(recipe.version)}"
