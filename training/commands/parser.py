"""Every command with its arguments, and what runs it."""

import argparse

from training.commands.learning_arguments import add_learning
from training.commands.measuring_arguments import add_measuring
from training.commands.page_arguments import add_pages
from training.commands.publishing_arguments import add_publishing

_MODULES = {
    "learning": add_learning,
    "measuring": add_measuring,
    "pages": add_pages,
    "publishing": add_publishing,
}
"""The modules of this folder that run commands, and what adds theirs to the parser."""


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands and their arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Train, measure and publish the models of Visage."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module, add in _MODULES.items():
        known = set(commands.choices)
        add(commands)
        for name in set(commands.choices) - known:
            commands.choices[name].set_defaults(module=module)
    return parser


def run(options: argparse.Namespace) -> None:
    """Run the command that was parsed.

    Keras takes seconds to import: only a command that runs pays for it.
    """
    from training.commands import learning, measuring, pages, publishing

    modules = {
        one.__name__.rpartition(".")[2]: one for one in (learning, measuring, pages, publishing)
    }
    getattr(modules[options.module], options.command.replace("-", "_"))(options)
