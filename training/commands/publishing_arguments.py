"""The arguments of the commands that bring a model to those who use it."""

import argparse
from pathlib import Path

from training.commands.shared_arguments import add_data, add_model


def add_publishing(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of training/commands/publishing.py."""
    publish = commands.add_parser("publish", help="put a measured model where the app finds it")
    add_model(publish)
    publish.add_argument(
        "--replace", action="store_true", help="even a better one, or one measured on other faces"
    )
    rehearsal = commands.add_parser(
        "rehearsal", help="write beside a model what it needs to learn from corrections"
    )
    add_model(rehearsal)
    add_data(rehearsal)
    rehearsal.add_argument(
        "--layer",
        default="conv_pw_3_1/Relu6:0",
        metavar="NAME",
        help="part of the name, in the ONNX file, of the layer that tells cameras apart best "
        "(default: the third block of MobileNet)",
    )
    _add_hub(commands.add_parser("hub", help="bring a model to the Hugging Face Hub, or fetch one"))


def _add_hub(hub: argparse.ArgumentParser) -> None:
    actions = hub.add_subparsers(dest="action", required=True, metavar="ACTION")
    push = actions.add_parser("push", help="upload a measured model with a page made of its card")
    add_model(push)
    push.add_argument("--repo", required=True, metavar="USER/NAME", help="made if it is not there")
    pull = actions.add_parser("pull", help="download a model, check it, and let the app offer it")
    pull.add_argument("repo", metavar="USER/NAME", help="where it is")
    space = actions.add_parser("space", help="write a folder that runs the page as a Space")
    space.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to put it")
