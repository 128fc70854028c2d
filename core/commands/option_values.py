"""What reads the values of options, and what is asked in several commands."""

from argparse import SUPPRESS, ArgumentError, ArgumentParser
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from core.settings import EngineChoice

Choice = TypeVar("Choice", bound=str)


def add_model_name(parser: ArgumentParser, *, is_command: bool = False) -> None:
    """`--model`, for the window or for a command."""
    # What a command leaves out must not hide what stands before it: `main.py --model A label …`.
    parser.add_argument(
        "--model",
        default=SUPPRESS if is_command else None,
        metavar="NAME",
        help="a model that the command `models` lists",
    )


def add_model_choice(parser: ArgumentParser, *, is_command: bool = False) -> None:
    """`--model` and `--engine`, for the window or for a command."""
    add_model_name(parser, is_command=is_command)
    parser.add_argument(
        "--engine",
        type=choice_reader("--engine", EngineChoice),
        default=SUPPRESS if is_command else EngineChoice.AUTO,
        metavar="|".join(EngineChoice),
        help="what runs the model (default: auto, Keras where TensorFlow sees a GPU, else ONNX)",
    )


def name_reader(what: str) -> Callable[[str], str]:
    """What reads a name of something; an unset variable of a shell gives an empty one.

    Taken for a path, that would be the folder where the command is run.
    """

    def read(text: str) -> str:
        if not text:
            raise ArgumentError(None, f"{what} must not be empty.")
        return text

    return read


def path_reader(what: str) -> Callable[[str], Path]:
    """What reads the path of a file or a folder, which must not be empty."""
    read = name_reader(what)
    return lambda text: Path(read(text))


def number_reader(option: str, least: int, greatest: int | None = None) -> Callable[[str], int]:
    """What reads the value of `option`; argparse's own words would name a function of ours."""
    limits = f"of {least} or more" if greatest is None else f"from {least} to {greatest}"

    def read(text: str) -> int:
        with suppress(ValueError):
            value = int(text)
            if value >= least and (greatest is None or value <= greatest):
                return value
        raise ArgumentError(None, f"{option} must be a whole number {limits}, not {text}.")

    return read


def choice_reader(option: str, choices: Iterable[Choice]) -> Callable[[str], Choice]:
    """What reads the value of `option`, one of a few words."""
    by_word = {str(one): one for one in choices}
    *others, last = by_word
    words = f"{', '.join(others)} or {last}"

    def read(text: str) -> Choice:
        if text not in by_word:
            raise ArgumentError(None, f"{option} must be {words}, not {text}.")
        return by_word[text]

    return read
