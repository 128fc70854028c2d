"""The command line: one parser, and which command answers which words.

Commands are imported when they are run, so that `--help` answers at once.
"""

from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.settings import EngineChoice

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DESCRIPTION = """\
Estimates age and gender of every face, live or in photos, on this computer alone.

Without a command, the window opens.
"""

EXAMPLES = """\
examples:
  main.py                                  open the window
  main.py --source camera:0                open it and start the first camera
  main.py label holidays/ --csv ages.csv   label every photo of a folder
"""


def parse_arguments(argv: Sequence[str] | None = None) -> Namespace:
    """The words of the command line; ends the program where they make no sense.

    `command` is None for the window, else the command's name for `run_command`.
    """
    return make_parser().parse_args(argv)


def make_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="main.py",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--source",
        metavar="sample|camera:N|FILE",
        help="start at once: the bundled sample, a camera by number, a video, photo or folder",
    )
    _add_model_choice(parser)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    _add_label(commands)
    _add_models(commands)
    _add_benchmark(commands)
    commands.add_parser("self-check", help="check that everything works on this computer")
    return parser


def run_command(arguments: Namespace) -> int:
    """Run the command that `arguments` name.

    Returns:
        The exit code.

    Raises:
        VisageError: if the command cannot do its work at all.
    """
    match arguments.command:
        case "label":
            from core.commands import label

            return label.run(arguments.paths, arguments.csv, arguments.model, arguments.engine)
        case "models":
            from core.commands import models

            return models.run(as_json=arguments.json)
        case "benchmark":
            from core.commands import benchmark

            return benchmark.run(
                arguments.model, arguments.engine, arguments.frames, as_json=arguments.json
            )
        case "self-check":
            from core.commands import self_check

            return self_check.run()
    raise ValueError(f"unknown command {arguments.command}")


def _add_label(commands: "_SubParsersAction[Any]") -> None:
    label = commands.add_parser(
        "label",
        help="label photos and write a CSV",
        description="Label photos, and all photos in folders and below. One CSV row per face "
        "(numbered from 1), one with empty face fields for a photo without a face, one with "
        "`error` for a photo that could not be read. "
        "Exit code: 0 if every photo was read, 1 if some were not, 2 if nothing could be done.",
    )
    label.add_argument("paths", nargs="+", metavar="PATH", help="a photo or a folder")
    label.add_argument(
        "--csv", type=Path, metavar="FILE", help="write here instead of the terminal"
    )
    _add_model_choice(label, is_command=True)


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
        type=_positive,
        default=10_000,
        metavar="N",
        help="frames over which memory must not grow (default: 10000)",
    )
    _add_model_choice(benchmark, is_command=True)


def _add_model_choice(parser: ArgumentParser, *, is_command: bool = False) -> None:
    # What a command leaves out must not hide what stands before it: `main.py --model A label …`.
    parser.add_argument(
        "--model",
        default=SUPPRESS if is_command else None,
        metavar="NAME",
        help="a model that `main.py models` lists",
    )
    parser.add_argument(
        "--engine",
        type=EngineChoice,
        choices=list(EngineChoice),
        default=SUPPRESS if is_command else EngineChoice.AUTO,
        metavar="|".join(EngineChoice),
        help="what runs the model (default: auto, Keras where TensorFlow sees a GPU, else ONNX)",
    )


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value
