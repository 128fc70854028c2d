"""The words of the command `learn`."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from core.commands.option_values import name_reader

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_learn(commands: "_SubParsersAction[Any]") -> None:
    """The command and all its options."""
    learn = commands.add_parser(
        "learn", help="fit the model to faces whose ages were corrected in the window"
    )
    learn.add_argument(
        "jobs",
        nargs="+",
        type=name_reader("JOB"),
        metavar="JOB",
        help="the title of a job, or a folder that it labelled",
    )
    learn.add_argument(
        "--name",
        type=name_reader("--name"),
        metavar="NAME",
        help="of the new model (default: mine)",
    )
    learn.add_argument(
        "--measure",
        action="store_true",
        help="learn nothing: say how far the pictures are from those that the model learnt from, "
        "and what ranges would fit them",
    )
    learn.set_defaults(check=lambda arguments: _check_learn(learn, arguments))


def _check_learn(learn: ArgumentParser, arguments: Namespace) -> None:
    if arguments.measure and arguments.name is not None:
        learn.error("--name names the model that --measure does not make")
