"""The command line: one parser, and which command answers which words.

Commands are imported when they are run, so that `--help` answers at once.
"""

import os
import sys
from argparse import (
    Action,
    ArgumentParser,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.commands.control_c import control_c_ends_at_once
from core.commands.label_arguments import add_label, cluster_options, label_options
from core.commands.learn_arguments import add_learn
from core.commands.option_values import (
    add_model_choice,
    add_model_name,
    choice_reader,
    name_reader,
    number_reader,
    path_reader,
)
from core.paths import PROGRAM, languages
from core.settings import SYSTEM_LANGUAGE, EngineChoice
from core.sources.file_check import is_there

if TYPE_CHECKING:
    from argparse import _SubParsersAction


DESCRIPTION = """\
Estimates age and gender of every face, live or in photos, on this computer alone.

Without a command, the window opens, and with it the photos, videos and folders that are named.
"""

EXAMPLES = """\
examples:
  %(prog)s                                  open the window
  %(prog)s holidays/                        open it and label every photo of a folder
  %(prog)s --source camera:0                open it and start the first camera
  %(prog)s label holidays/ --csv ages.csv   label every photo of a folder without a window
"""


COMMANDS = ("label", "learn", "web", "jobs", "models", "benchmark", "self-check")

_FRAMES = 10_000

_WINDOW_OPTIONS = ("source", "model", "engine")
_TAKEN_BY = {"label": ("model", "engine"), "benchmark": ("model", "engine"), "web": ("model",)}
"""Which of the window's options a command takes, too. What `--language` asks for has no meaning to
commands, and does not harm."""


class Share(StrEnum):
    """Who may open the page of the command `web`, besides this computer."""

    NEVER = "never"
    NETWORK = "network"


def parse_arguments(argv: Sequence[str] | None = None) -> Namespace:
    """The words of the command line; ends the program where they make no sense.

    `command` is None for the window, which opens `paths`, else the command's name for
    `run_command`.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    options, paths = _make_window_parser().parse_known_args(words)
    if paths and all(map(_is_path, paths)):
        if "" in paths:
            make_parser().error("PATH must not be empty.")
        if options.source is not None:
            make_parser().error("name either a --source or files and folders, not both")
        return Namespace(**vars(options), command=None, paths=paths)
    parser = make_parser()
    arguments = parser.parse_args(words, Namespace(paths=[]))
    _check_window_options(parser, arguments)
    if "check" in arguments:
        arguments.check(arguments)
    return arguments


def _check_window_options(parser: ArgumentParser, arguments: Namespace) -> None:
    """What stands before a command that does nothing with it would be dropped without a word."""
    if arguments.command is None:
        return
    for name in _WINDOW_OPTIONS:
        is_given = getattr(arguments, name) not in (None, EngineChoice.AUTO)
        if is_given and name not in _TAKEN_BY.get(arguments.command, ()):
            parser.error(f"--{name} does not go with {arguments.command}")


class _ShowVersion(Action):
    """argparse's own action wants to be told the version before anyone asks for it."""

    def __call__(self, parser: ArgumentParser, *_: object) -> None:
        from core.version import app_version

        print(f"Visage {app_version()}".strip())
        parser.exit()


def make_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
        parents=[_make_window_parser()],
    )
    parser.add_argument(
        "--version", action=_ShowVersion, nargs=0, help="print which version this is, and end"
    )
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    add_label(commands)
    add_learn(commands)
    _add_web(commands)
    _add_jobs(commands)
    _add_models(commands)
    _add_benchmark(commands)
    commands.add_parser("self-check", help="check that everything works on this computer")
    return parser


def _make_window_parser() -> ArgumentParser:
    """The options of the window; what it does not know may be paths or a command."""
    parser = ArgumentParser(prog=PROGRAM, add_help=False, allow_abbrev=False)
    parser.add_argument(
        "--source",
        type=name_reader("--source"),
        metavar="sample|camera:N|FILE",
        help="start at once: the bundled sample, a camera by number, a video, photo or folder",
    )
    codes = [SYSTEM_LANGUAGE, *languages()]
    parser.add_argument(
        "--language",
        type=choice_reader("--language", codes),
        metavar="|".join(codes),
        help="what the window speaks (default: as in its settings); commands speak English",
    )
    add_model_choice(parser)
    return parser


def _is_path(word: str) -> bool:
    """Whether a word means a file, there or not, rather than an option or a command."""
    if word in COMMANDS or word.startswith("-"):
        return False
    return os.sep in word or is_there(Path(word))


def run_command(arguments: Namespace) -> int:
    """Run the command that `arguments` name.

    Returns:
        The exit code.

    Raises:
        VisageError: if the command cannot do its work at all.
    """
    match arguments.command:
        case "label":
            with control_c_ends_at_once():
                from core.commands import label, label_cluster

            if arguments.cluster is None:
                code = label.run(label_options(arguments))
            else:
                code = label_cluster.run(cluster_options(arguments))
            return code
        case "learn":
            with control_c_ends_at_once():
                from core.adapting.learnt_name import DEFAULT_NAME
                from core.commands import learn

            name = arguments.name or DEFAULT_NAME
            return learn.run(arguments.jobs, name, only_measures=arguments.measure)
        case "jobs":
            with control_c_ends_at_once():
                from core.commands import jobs

            return jobs.repair() if arguments.action == "repair" else jobs.list_jobs()
        case "models":
            with control_c_ends_at_once():
                from core.commands import models

            return models.run(as_json=arguments.json)
        case "benchmark":
            with control_c_ends_at_once():
                from core.commands import benchmark

            return (
                benchmark.run_batch(
                    arguments.batch, arguments.model, arguments.engine, as_json=arguments.json
                )
                if arguments.batch
                else benchmark.run(
                    arguments.model,
                    arguments.engine,
                    arguments.frames or _FRAMES,
                    as_json=arguments.json,
                )
            )
        case "self-check":
            with control_c_ends_at_once():
                from core.commands import self_check

            return self_check.run()
    raise ValueError(f"unknown command {arguments.command}")


def _add_web(commands: "_SubParsersAction[Any]") -> None:
    web = commands.add_parser("web", help="serve a page for a browser on this computer")
    web.add_argument(
        "--port",
        type=number_reader("--port", 1024, 65535),
        default=7860,
        metavar="N",
        help="where it listens (default: 7860)",
    )
    web.add_argument(
        "--share",
        type=choice_reader("--share", Share),
        default=Share.NEVER,
        metavar="|".join(Share),
        help="who may open it: nobody else, or everybody in this network (default: never)",
    )
    add_model_name(web, is_command=True)


def _add_jobs(commands: "_SubParsersAction[Any]") -> None:
    jobs = commands.add_parser("jobs", help="list the jobs that are kept, or repair their file")
    jobs.add_argument(
        "action",
        nargs="?",
        choices=("list", "repair"),
        default="list",
        help="list them (default), or save what can be read where they are damaged",
    )


def _add_models(commands: "_SubParsersAction[Any]") -> None:
    models = commands.add_parser("models", help="list the models with their measured figures")
    models.add_argument("--json", action="store_true", help="print JSON")


def _add_benchmark(commands: "_SubParsersAction[Any]") -> None:
    benchmark = commands.add_parser(
        "benchmark", help="measure speed and memory on this computer (takes minutes)"
    )
    benchmark.add_argument("--json", action="store_true", help="print one JSON object")
    benchmark.add_argument(
        "--frames",
        type=number_reader("--frames", 1),
        metavar="N",
        help=f"frames over which memory must not grow (default: {_FRAMES})",
    )
    benchmark.add_argument(
        "--batch",
        type=path_reader("--batch"),
        metavar="DIR",
        help="measure the labelling of a folder of photos",
    )
    add_model_choice(benchmark, is_command=True)
    benchmark.set_defaults(check=lambda arguments: _check_benchmark(benchmark, arguments))


def _check_benchmark(benchmark: ArgumentParser, arguments: Namespace) -> None:
    if arguments.batch is not None and arguments.frames is not None:
        benchmark.error("--frames does not go with --batch, which labels photos")
