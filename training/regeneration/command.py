"""Runs the recipe of a published model from its first stage to its figures."""

import shlex
from argparse import Namespace
from pathlib import Path

from core.estimation.model_card import CARD_FILE
from training import commands
from training.command_line import make_parser
from training.publishing.model_search import RUNS_DIR
from training.regeneration.recipe import Places, Stage, read_recipe, stage_command

RECIPES_DIR = Path(__file__).parent


def regenerate(options: Namespace) -> None:
    """Make a model anew: every stage of its recipe, then its figures.

    A finished stage is passed over and a stopped one goes on from its last epoch.
    """
    recipe = read_recipe(options.recipe or RECIPES_DIR / f"{options.name}.toml", options.name)
    places = Places(options.data, options.weights, RUNS_DIR / f"regenerate-{options.name}")
    chosen = recipe.stages[: options.stages]
    for number, stage in enumerate(chosen, start=1):
        words = stage_command(recipe, stage, places, options.epochs)
        print(f"Stage {number} of {len(recipe.stages)}: {stage.run}", flush=True)
        print(f"  {shlex.join(['python', '-m', 'training', *words])}", flush=True)
        if not _is_done(stage, places):
            _run(words)
    last = str(places.runs_dir / chosen[-1].run)
    _run(["evaluate", last, "--data", *map(str, options.data), "--card"])
    print(f"Next: {shlex.join(['python', '-m', 'training', 'publish', last])}")


def _is_done(stage: Stage, places: Places) -> bool:
    """Whether a mean was made; a training says so itself."""
    model_dir = places.runs_dir / stage.run / "model"
    return stage.command == "average" and (model_dir / CARD_FILE).is_file()


def _run(words: list[str]) -> None:
    options = make_parser().parse_args(words)
    getattr(commands, options.command)(options)
