"""The command line: one parser, and which command answers which words.

Commands are imported when they are run, so that `--help` answers at once.
"""

import os
import re
import sys
from argparse import (
    SUPPRESS,
    Action,
    ArgumentError,
    ArgumentParser,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from core.batch.export.xmp.sidecar_name import SidecarName
from core.commands.control_c import control_c_ends_at_once
from core.paths import PROGRAM, languages
from core.settings import GREATEST_FACE_PX, LEAST_FACE_PX, SYSTEM_LANGUAGE, EngineChoice
from core.sources.file_check import is_there

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from core.commands.label import LabelOptions
    from core.commands.label_cluster import ClusterOptions

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

_WINDOW_OPTIONS = ("source", "model", "engine")
_TAKEN_BY = {"label": ("model", "engine"), "benchmark": ("model", "engine"), "web": ("model",)}
"""Which of the window's options a command takes, too. What `--language` asks for has no meaning to
commands, and does not harm."""

_CLUSTER = re.compile(r"ray://[^/?\s]+:\d{1,5}")


class Share(StrEnum):
    """Who may open the page of the command `web`, besides this computer."""

    NEVER = "never"
    NETWORK = "network"


Choice = TypeVar("Choice", bound=str)


def parse_arguments(argv: Sequence[str] | None = None) -> Namespace:
    """The words of the command line; ends the program where they make no sense.

    `command` is None for the window, which opens `paths`, else the command's name for
    `run_command`.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    options, paths = _make_window_parser().parse_known_args(words)
    if paths and all(map(_is_path, paths)):
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
    _add_label(commands)
    _add_learn(commands)
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
        metavar="sample|camera:N|FILE",
        help="start at once: the bundled sample, a camera by number, a video, photo or folder",
    )
    codes = [SYSTEM_LANGUAGE, *languages()]
    parser.add_argument(
        "--language",
        type=_choice("--language", codes),
        metavar="|".join(codes),
        help="what the window speaks (default: as in its settings); commands speak English",
    )
    _add_model_choice(parser)
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
                code = label.run(_label_options(arguments))
            else:
                code = label_cluster.run(_cluster_options(arguments))
            return code
        case "learn":
            with control_c_ends_at_once():
                from core.commands import learn

            return learn.run(arguments.jobs, arguments.name, only_measures=arguments.measure)
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
                    arguments.model, arguments.engine, arguments.frames, as_json=arguments.json
                )
            )
        case "self-check":
            with control_c_ends_at_once():
                from core.commands import self_check

            return self_check.run()
    raise ValueError(f"unknown command {arguments.command}")


def _add_label(commands: "_SubParsersAction[Any]") -> None:
    label = commands.add_parser(
        "label",
        help="label photos and videos and write a CSV",
        description="Label photos and videos, and all of them in folders and below. One CSV row "
        "per face (numbered from 1), in a video per person, one with empty face fields for a file "
        "without a face, one with `error` for a file that could not be read. Without an output it "
        "goes to the terminal. Exit code: 0 if every file was read, 1 if some were not, 2 if "
        "nothing could be done, 130 after Ctrl+C.",
    )
    label.add_argument("paths", nargs="+", metavar="PATH", help="a photo, a video or a folder")
    _add_label_outputs(label)
    label.add_argument(
        "--resume", action="store_true", help="go on with a run that was stopped or killed"
    )
    label.add_argument(
        "--retry-crashed",
        action="store_true",
        help="read photos, too, that were passed over because Visage crashed while it read them",
    )
    label.add_argument(
        "--again",
        action="store_true",
        help="look at every photo anew, even if it was labelled before and is unchanged",
    )
    label.add_argument(
        "--workers",
        type=_whole_number("--workers", 1),
        metavar="N",
        help="threads that read photos (default: one more than there are cores)",
    )
    label.add_argument(
        "--min-face",
        type=_whole_number("--min-face", LEAST_FACE_PX, GREATEST_FACE_PX),
        default=10,
        metavar="PX",
        help="smallest height of a face in the photo (default: 10)",
    )
    label.add_argument(
        "--thorough", action="store_true", help="search for small faces, too; takes much longer"
    )
    _add_cluster(label)
    _add_model_choice(label, is_command=True)
    label.set_defaults(check=lambda arguments: _check_label(label, arguments))


def _add_label_outputs(label: ArgumentParser) -> None:
    outputs = label.add_argument_group("outputs")
    outputs.add_argument("--csv", type=Path, metavar="FILE", help="a row per face")
    outputs.add_argument("--jsonl", type=Path, metavar="FILE", help="JSON Lines, one per photo")
    outputs.add_argument("--xlsx", type=Path, metavar="FILE", help="an Excel workbook")
    outputs.add_argument(
        "--xmp", action="store_true", help="a sidecar beside each photo, with its faces as regions"
    )
    outputs.add_argument(
        "--sidecar-name",
        type=_choice("--sidecar-name", SidecarName),
        default=SidecarName.AUTO,
        metavar="|".join(SidecarName),
        help="with --xmp: full is photo.jpg.xmp, short is photo.xmp (default: auto, the sidecars "
        "that are there, else full)",
    )
    outputs.add_argument(
        "--annotated", type=Path, metavar="DIR", help="copies of the photos with boxes and labels"
    )
    outputs.add_argument("--blur", action="store_true", help="hide the faces in these copies")


def _add_cluster(label: ArgumentParser) -> None:
    cluster = label.add_argument_group("on a cluster of computers (docs/cluster.md)")
    cluster.add_argument(
        "--cluster",
        metavar="local|ray://HOST:PORT",
        help="label on a Ray cluster; one PATH, which may be s3://… or gs://…, too",
    )
    cluster.add_argument(
        "--out", metavar="DIR", help="with --cluster: where the rows go, as Parquet; DIR or URL"
    )
    cluster.add_argument(
        "--photos-per-file",
        type=_whole_number("--photos-per-file", 1),
        default=128,
        metavar="N",
        help="with --cluster: about so many photos' rows are one file (default: 128)",
    )


def _check_label(label: ArgumentParser, arguments: Namespace) -> None:
    if (arguments.cluster is None) != (arguments.out is None):
        label.error("--cluster and --out belong together: the rows go to --out DIR")
    if arguments.cluster is not None:
        _check_cluster(label, arguments)
    if arguments.blur and arguments.annotated is None:
        label.error("--blur hides faces in the copies that --annotated DIR asks for")
    if arguments.sidecar_name is not SidecarName.AUTO and not arguments.xmp:
        label.error("--sidecar-name names the sidecars that --xmp asks for")


def _check_cluster(label: ArgumentParser, arguments: Namespace) -> None:
    if arguments.cluster != "local" and not _CLUSTER.fullmatch(arguments.cluster):
        label.error(f"--cluster must be local or ray://HOST:PORT, not {arguments.cluster}")
    if len(arguments.paths) != 1:
        label.error("--cluster labels one folder, file or URL at a time")
    named = ("csv", "jsonl", "xlsx", "xmp", "annotated", "again", "retry_crashed")
    given = [f"--{name.replace('_', '-')}" for name in named if getattr(arguments, name)]
    if given:
        label.error(f"{given[0]} does not go with --cluster, whose rows are Parquet in --out")


def _cluster_options(arguments: Namespace) -> "ClusterOptions":
    from core.commands.label_cluster import ClusterOptions

    return ClusterOptions(
        source=arguments.paths[0],
        cluster=arguments.cluster,
        out=arguments.out,
        worker_count=arguments.workers,
        photos_per_part=arguments.photos_per_file,
        min_face_px=arguments.min_face,
        is_thorough=arguments.thorough,
        model_name=arguments.model,
        engine=arguments.engine,
    )


def _label_options(arguments: Namespace) -> "LabelOptions":
    from core.commands.label import LabelOptions

    return LabelOptions(
        paths=tuple(arguments.paths),
        csv_path=arguments.csv,
        jsonl_path=arguments.jsonl,
        xlsx_path=arguments.xlsx,
        writes_xmp=arguments.xmp,
        sidecar_name=arguments.sidecar_name,
        annotated_dir=arguments.annotated,
        hides_faces=arguments.blur,
        resumes=arguments.resume,
        asks_anew=arguments.again,
        retries_crashed=arguments.retry_crashed,
        worker_count=arguments.workers,
        min_face_px=arguments.min_face,
        is_thorough=arguments.thorough,
        model_name=arguments.model,
        engine=arguments.engine,
    )


def _add_learn(commands: "_SubParsersAction[Any]") -> None:
    learn = commands.add_parser(
        "learn", help="fit the model to faces whose ages were corrected in the window"
    )
    learn.add_argument(
        "jobs", nargs="+", metavar="JOB", help="the title of a job, or a folder that it labelled"
    )
    learn.add_argument(
        "--name", default="mine", metavar="NAME", help="of the new model (default: mine)"
    )
    learn.add_argument(
        "--measure",
        action="store_true",
        help="learn nothing: say how far the pictures are from those that the model learnt from, "
        "and what ranges would fit them",
    )


def _add_web(commands: "_SubParsersAction[Any]") -> None:
    web = commands.add_parser("web", help="serve a page for a browser on this computer")
    web.add_argument(
        "--port",
        type=_whole_number("--port", 1024, 65535),
        default=7860,
        metavar="N",
        help="where it listens (default: 7860)",
    )
    web.add_argument(
        "--share",
        type=_choice("--share", Share),
        default=Share.NEVER,
        metavar="|".join(Share),
        help="who may open it: nobody else, or everybody in this network (default: never)",
    )
    _add_model_name(web, is_command=True)


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
        type=_whole_number("--frames", 1),
        default=10_000,
        metavar="N",
        help="frames over which memory must not grow (default: 10000)",
    )
    benchmark.add_argument(
        "--batch", type=Path, metavar="DIR", help="measure the labelling of a folder of photos"
    )
    _add_model_choice(benchmark, is_command=True)


def _add_model_name(parser: ArgumentParser, *, is_command: bool = False) -> None:
    # What a command leaves out must not hide what stands before it: `main.py --model A label …`.
    parser.add_argument(
        "--model",
        default=SUPPRESS if is_command else None,
        metavar="NAME",
        help="a model that the command `models` lists",
    )


def _add_model_choice(parser: ArgumentParser, *, is_command: bool = False) -> None:
    _add_model_name(parser, is_command=is_command)
    parser.add_argument(
        "--engine",
        type=_choice("--engine", EngineChoice),
        default=SUPPRESS if is_command else EngineChoice.AUTO,
        metavar="|".join(EngineChoice),
        help="what runs the model (default: auto, Keras where TensorFlow sees a GPU, else ONNX)",
    )


def _whole_number(option: str, least: int, greatest: int | None = None) -> Callable[[str], int]:
    """What reads the value of `option`; argparse's own words would name a function of ours."""
    limits = f"of {least} or more" if greatest is None else f"from {least} to {greatest}"

    def read(text: str) -> int:
        with suppress(ValueError):
            value = int(text)
            if value >= least and (greatest is None or value <= greatest):
                return value
        raise ArgumentError(None, f"{option} must be a whole number {limits}, not {text}.")

    return read


def _choice(option: str, choices: Iterable[Choice]) -> Callable[[str], Choice]:
    """What reads the value of `option`, one of a few words."""
    by_word = {str(choice): choice for choice in choices}
    *others, last = by_word
    words = f"{', '.join(others)} or {last}"

    def read(text: str) -> Choice:
        if text not in by_word:
            raise ArgumentError(None, f"{option} must be {words}, not {text}.")
        return by_word[text]

    return read
