"""Runs the plan of a published model from its first stage to its figures."""

import shlex
from argparse import Namespace

from core.estimation.model_card import CARD_FILE
from training.commands.parser import make_parser, run
from training.publishing.model_search import RUNS_DIR
from training.regeneration.plan import (
    PLANS_DIR,
    Places,
    Stage,
    check_first_weights,
    read_plan,
    stage_command,
)


def regenerate(options: Namespace) -> None:
    """Make a model anew: every stage of its plan, then its figures.

    A finished stage is passed over and a stopped one goes on from its last epoch.

    Raises:
        DataError: if there is no such plan, or a file that one of its stages starts from.
    """
    plan = read_plan(options.plan or PLANS_DIR / f"{options.name}.toml", options.name)
    places = Places(options.data, options.weights, RUNS_DIR / f"regenerate-{options.name}")
    chosen = plan.stages[: options.stages]
    check_first_weights(chosen, places.weights_dir)
    for number, stage in enumerate(chosen, start=1):
        words = stage_command(plan, stage, places, options.epochs)
        print(f"Stage {number} of {len(plan.stages)}: {stage.run}", flush=True)
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
    run(make_parser().parse_args(words))
