"""The arguments of the commands that write pages."""

import argparse
from pathlib import Path

from training.commands.shared_arguments import add_data, add_model, add_out, add_seed


def add_pages(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of training/commands/pages.py."""
    audit = commands.add_parser("audit", help="find copies, broken files and labels that disagree")
    add_data(audit)
    add_out(audit, "runs/audit")
    explore = commands.add_parser("explore", help="write the page of the data")
    add_data(explore)
    add_seed(explore)
    add_out(explore, "runs/explore")
    report = commands.add_parser("report", help="write the page of one model")
    add_model(report)
    add_data(report, "measure it again, and show its best and worst faces and a random sample")
    add_seed(report)
    add_out(report, "runs/report")
    compare = commands.add_parser("compare", help="write docs/models, or compare a few models")
    compare.add_argument(
        "models",
        nargs="*",
        metavar="MODEL",
        help="two are laid side by side, others in a table (default: every page of docs/models)",
    )
    add_data(compare, "measure the two again, and show where they differ most")
    compare.add_argument(
        "--keep",
        nargs="+",
        action="extend",
        default=[],
        metavar="RUN",
        help="runs whose cards join docs/models/cards, and so the pages",
    )
    compare.add_argument(
        "--out", type=Path, metavar="DIR", help="default: docs/models, for a few runs/compare"
    )
    predict = commands.add_parser("predict", help="write what a model says of photos and chips")
    add_model(predict)
    predict.add_argument("photos", nargs="*", type=Path, metavar="PHOTO", help="files from outside")
    add_data(predict, "also show chips of the held-out part")
    add_seed(predict)
    add_out(predict, "runs/predict")
