"""The words of the command `label`, with and without a cluster."""

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from core.batch.export.xmp.sidecar_name import SidecarName
from core.commands.option_values import (
    add_model_choice,
    choice_reader,
    name_reader,
    number_reader,
    path_reader,
)
from core.settings import GREATEST_FACE_PX, LEAST_FACE_PX

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from core.commands.label import LabelOptions
    from core.commands.label_cluster import ClusterOptions

_PHOTOS_PER_FILE = 128
_CLUSTER = re.compile(r"ray://[^/?\s]+:\d{1,5}")


def add_label(commands: "_SubParsersAction[Any]") -> None:
    """The command and all its options."""
    label = commands.add_parser(
        "label",
        help="label photos and videos and write a CSV",
        description="Label photos and videos, and all of them in folders and below. One CSV row "
        "per face (numbered from 1), in a video per person, one with empty face fields for a file "
        "without a face, one with `error` for a file that could not be read. Without an output it "
        "goes to the terminal. Exit code: 0 if every file was read, 1 if some were not, 2 if "
        "nothing could be done, 130 after Ctrl+C.",
    )
    label.add_argument(
        "paths",
        nargs="+",
        type=name_reader("PATH"),
        metavar="PATH",
        help="a photo, a video or a folder",
    )
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
        type=number_reader("--workers", 1),
        metavar="N",
        help="threads that read photos (default: one more than there are cores)",
    )
    label.add_argument(
        "--min-face",
        type=number_reader("--min-face", LEAST_FACE_PX, GREATEST_FACE_PX),
        default=10,
        metavar="PX",
        help="smallest height of a face in the photo (default: 10)",
    )
    label.add_argument(
        "--thorough", action="store_true", help="search for small faces, too; takes much longer"
    )
    _add_cluster(label)
    add_model_choice(label, is_command=True)
    label.set_defaults(check=lambda arguments: _check_label(label, arguments))


def _add_label_outputs(label: ArgumentParser) -> None:
    outputs = label.add_argument_group("outputs")
    outputs.add_argument("--csv", type=path_reader("--csv"), metavar="FILE", help="a row per face")
    outputs.add_argument(
        "--jsonl", type=path_reader("--jsonl"), metavar="FILE", help="JSON Lines, one per photo"
    )
    outputs.add_argument(
        "--xlsx", type=path_reader("--xlsx"), metavar="FILE", help="an Excel workbook"
    )
    outputs.add_argument(
        "--xmp", action="store_true", help="a sidecar beside each photo, with its faces as regions"
    )
    outputs.add_argument(
        "--sidecar-name",
        type=choice_reader("--sidecar-name", SidecarName),
        default=SidecarName.AUTO,
        metavar="|".join(SidecarName),
        help="with --xmp: full is photo.jpg.xmp, short is photo.xmp (default: auto, the sidecars "
        "that are there, else full)",
    )
    outputs.add_argument(
        "--annotated",
        type=path_reader("--annotated"),
        metavar="DIR",
        help="copies of the photos with boxes and labels",
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
        "--out",
        type=name_reader("--out"),
        metavar="DIR",
        help="with --cluster: where the rows go, as Parquet; DIR or URL",
    )
    cluster.add_argument(
        "--photos-per-file",
        type=number_reader("--photos-per-file", 1),
        metavar="N",
        help="with --cluster: about so many photos' rows are one file "
        f"(default: {_PHOTOS_PER_FILE})",
    )


def _check_label(label: ArgumentParser, arguments: Namespace) -> None:
    if (arguments.cluster is None) != (arguments.out is None):
        label.error("--cluster and --out belong together: the rows go to --out DIR")
    if arguments.cluster is not None:
        _check_cluster(label, arguments)
    elif arguments.photos_per_file is not None:
        label.error("--photos-per-file is of the rows that --cluster writes")
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


def cluster_options(arguments: Namespace) -> "ClusterOptions":
    """What is asked of a cluster."""
    from core.commands.label_cluster import ClusterOptions

    return ClusterOptions(
        source=arguments.paths[0],
        cluster=arguments.cluster,
        out=arguments.out,
        worker_count=arguments.workers,
        photos_per_part=arguments.photos_per_file or _PHOTOS_PER_FILE,
        min_face_px=arguments.min_face,
        is_thorough=arguments.thorough,
        model_name=arguments.model,
        engine=arguments.engine,
    )


def label_options(arguments: Namespace) -> "LabelOptions":
    """What is asked of this computer."""
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
