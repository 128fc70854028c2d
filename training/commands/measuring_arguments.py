"""The arguments of the commands that measure."""

import argparse
from pathlib import Path

from training.commands.option_types import picture_size, whole_number
from training.commands.shared_arguments import add_data, add_model


def add_measuring(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of training/commands/measuring.py."""
    _add_evaluate(commands.add_parser("evaluate", help="measure a model on labelled chips"))
    _add_paste(commands.add_parser("paste", help="make pictures with chips pasted into them"))
    check_crop = commands.add_parser(
        "check-crop", help="compare chips with chips that the app found and cropped"
    )
    check_drawn = commands.add_parser(
        "check-drawn", help="compare faces that the app found with boxes as a hand draws them"
    )
    for check in (check_crop, check_drawn):
        add_model(check)
        add_data(check)
        check.add_argument(
            "--count", type=whole_number(1), metavar="N", help="only so many test chips"
        )
    check_search = commands.add_parser(
        "check-search", help="count what the app finds of small, covered and cut faces"
    )
    add_data(check_search)
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
    add_model(fit_quality)
    fit_yunet = commands.add_parser(
        "fit-yunet", help="measure how YuNet's boxes and landmarks differ from BlazeFace's"
    )
    for fit in (fit_quality, fit_yunet):
        add_data(fit)
        fit.add_argument("--count", type=whole_number(1), metavar="N", help="only so many chips")
    check_street = commands.add_parser(
        "check-street", help="measure how people with pasted chips are followed through a street"
    )
    add_model(check_street)
    add_data(check_street)
    check_street.add_argument(
        "--scenes",
        type=whole_number(1),
        default=6,
        metavar="N",
        help="of ten seconds each (default: 6)",
    )


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    add_model(evaluate)
    add_data(evaluate)
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


def _add_paste(paste: argparse.ArgumentParser) -> None:
    add_data(paste)
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
