"""The command line: `python -m training COMMAND --help`."""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it did its work, 1 with a sentence when it could not."""
    options = _make_parser().parse_args(arguments)
    # Keras takes seconds to import: only a command that runs pays for it.
    from core.errors import VisageError
    from training import commands

    try:
        getattr(commands, options.command)(options)
    except VisageError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from the last finished epoch.", file=sys.stderr)
        return 130
    return 0


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Train, measure and publish the models of Visage."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_train(commands.add_parser("train", help="train a model, or go on with a stopped run"))
    _add_evaluate(commands.add_parser("evaluate", help="measure a model on labelled chips"))
    publish = commands.add_parser("publish", help="put a measured model where the app finds it")
    _add_model(publish)
    return parser


def _add_train(train: argparse.ArgumentParser) -> None:
    train.add_argument("name", help="a model's name, such as age_gender_cnn")
    _add_data(train)
    train.add_argument(
        "--run", type=Path, metavar="DIR", help="folder of the run (default: the newest in runs/)"
    )
    train.add_argument("--epochs", type=int, metavar="N", help="train at most so many epochs")


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    _add_model(evaluate)
    _add_data(evaluate)
    evaluate.add_argument(
        "--split",
        choices=["test", "val", "all"],
        default="test",
        help="which chips: the held-out test split (default), the validation split, or all",
    )
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    evaluate.add_argument("--card", action="store_true", help="write the figures into the card")


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", help="name of a published model, its folder, or a run's folder")


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the folder UTKFace"
    )


if __name__ == "__main__":
    sys.exit(main())
