"""Every command in the documents can be given as it stands, and something runs it."""

import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator

import pytest

import contents
from core.commands.command_line import make_parser as make_main_parser
from tests.packaging.documented import commands, own_arguments, words_of
from training.commands.parser import make_parser as make_training_parser

PARSERS = {"main": make_main_parser(), "training": make_training_parser()}

RUN_BY = {
    "main": "tests/packaging/test_clone.py",
    "main label": "tests/core/commands/test_label.py",
    "main learn": "tests/core/commands/test_learn.py",
    "main web": "tests/sealed/test_web_page.py",
    "main jobs": "tests/core/commands/test_jobs.py",
    "main models": "tests/core/commands/test_models.py",
    "main benchmark": "tests/sealed/test_ways_of_use.py",
    "main self-check": "tests/sealed/test_ways_of_use.py",
    "training": "tests/training/commands/test_command_line.py",
    "training audit": "tests/training/learning/test_run.py",
    "training average": "tests/training/regeneration/test_regenerate.py",
    "training benchmark": "tests/training/measuring/test_throughput.py",
    "training check-crop": "tests/training/measuring/test_crop_check.py",
    "training check-drawn": "tests/training/measuring/test_drawn_check.py",
    "training check-search": "tests/training/measuring/test_search_check.py",
    "training check-street": "tests/training/measuring/test_street_check.py",
    "training compare": "tests/training/learning/test_run.py",
    "training convert-weights": "tests/training/architectures/test_tfjs_weights.py",
    "training evaluate": "tests/training/learning/test_run.py",
    "training explore": "tests/training/pages/test_exploration.py",
    "training fit-quality": "tests/training/measuring/test_fits.py",
    "training fit-yunet": "tests/training/measuring/test_fits.py",
    "training hub": "tests/training/publishing/test_hub.py",
    "training paste": "tests/training/data/test_pasted.py",
    "training predict": "tests/training/learning/test_run.py",
    "training publish": "tests/training/learning/test_run.py",
    "training rehearsal": "tests/training/publishing/test_rehearsal.py",
    "training regenerate": "tests/training/regeneration/test_regenerate.py",
    "training report": "tests/training/learning/test_run.py",
    "training train": "tests/training/learning/test_run.py",
    "pytest": ".ci/run",
    ".ci/run": ".github/workflows/test.yml",
    "packaging/build.py": ".ci/run",
    "packaging/release.py": "tests/packaging/test_release.py",
    "packaging/renew_pins.py": "tests/packaging/test_renew_pins.py",
    "packaging/translations.py": "tests/gui/language/test_catalogues.py",
    "packaging/try_versions.sh": ".github/workflows/test.yml",
    "packaging/website.py": "tests/packaging/test_website.py",
    "uv build": "tests/packaging/test_wheel.py",
    "uv tool": "tests/packaging/test_wheel.py",
}
"""What runs a command, or what it calls, by its program and Visage's own command."""

BY_HAND = {
    "packaging/linux/try_in_debian.sh": "needs root and a Debian mirror",
    "packaging/left_out_table.py": "lists what a build left out",
    "docs/make_screenshots.py": "its pictures are looked at",
    "docs/make_sheets.py": "its pictures are looked at",
    "docs/make_page_screenshots.py": "its pictures are looked at",
    "pyside6-linguist": "a program for people",
    "pre-commit": "sets up a checkout",
    "hf": "asks who somebody is",
    "export": "tells the commands below it",
    "pip": "another's",
    "apt": "another's",
    "python": "another's",
}
"""What nothing runs, and why."""


def program_of(command: str) -> str:
    """The program, with Visage's own command or uv's."""
    own = own_arguments(command)
    if own is not None:
        program, words = own
        known = subcommands(PARSERS[program])
        named = [word for word in words[:1] if word in known]
        return " ".join([program, *named])
    words = words_of(command)
    return " ".join(words[: 2 if words[0] == "uv" else 1])


def subcommands(parser: ArgumentParser) -> dict[str, ArgumentParser]:
    (action,) = (one for one in parser._actions if isinstance(one, _SubParsersAction))
    return dict(action.choices)


def options_of(parser: ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, _SubParsersAction):
            for inner in action.choices.values():
                yield from options_of(inner)


def is_file(command: str) -> bool:
    """Whether a text only names a file of the project that is no program."""
    words = words_of(command)
    named = words[0].removeprefix("./")
    return (
        len(words) == 1
        and (contents.ROOT / named).is_file()
        and named not in RUN_BY.keys() | BY_HAND.keys()
    )


def test_commands_are_found_in_the_documents() -> None:
    found = {program_of(command) for _, command in commands()}
    assert {"main web", "main label", "training train", "training hub", "uv build"} <= found


@pytest.mark.parametrize("program", sorted(PARSERS))
def test_each_option_in_the_documents_is_one_of_the_command(program: str) -> None:
    wrong = set()
    for document, command in commands():
        own = own_arguments(command)
        if own is None or own[0] != program:
            continue
        parser = PARSERS[program]
        words = own[1]
        inner = subcommands(parser).get(words[0] if words else "", parser)
        given = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        if given - set(options_of(inner)) - set(options_of(parser) if inner is parser else ()):
            wrong.add((document, command))
    assert wrong == set()


def test_each_command_in_the_documents_is_run_by_a_test_or_a_script_or_says_why_not() -> None:
    known = RUN_BY.keys() | BY_HAND.keys()
    asked = {
        (document, command)
        for document, command in commands()
        if not is_file(command) and program_of(command) not in known
    }
    assert asked == set()


def test_what_is_said_to_run_a_command_is_there_and_names_it() -> None:
    for command, file in RUN_BY.items():
        text = (contents.ROOT / file).read_text(encoding="utf-8")
        name = command.split()[-1].split("/")[-1].removesuffix(".py")
        assert name in text or name.replace("-", "_") in text, (command, file)
