"""Arguments that several commands have."""

import argparse
from pathlib import Path

from training.commands.option_types import whole_number


def add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", help="name of a published model, its folder, or a run's folder")


def add_data(parser: argparse.ArgumentParser, purpose: str = "") -> None:
    """The option --data; it is required unless it has a `purpose` beside the command's own."""
    words = "collections of chips: folders such as UTKFace, or archives such as UTKFace.tar.gz"
    parser.add_argument(
        "--data",
        nargs="+",
        action="extend",
        type=Path,
        required=not purpose,
        metavar="PATH",
        help=f"{words}: {purpose}" if purpose else words,
    )


def add_out(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path(default), metavar="DIR", help=f"default: {default}"
    )


def add_seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed",
        type=whole_number(0),
        default=0,
        metavar="N",
        help="another seed, another random sample",
    )
