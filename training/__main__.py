"""The command line: `python -m training COMMAND --help`."""

import os
import sys

from core import library_caches
from core.commands.native_stderr import native_stderr_hidden
from core.commands.standard_streams import keep_terminal_plain
from core.errors import VisageError
from training.commands.parser import make_parser, run

library_caches.keep_in_own_folder()
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

GO_ON = ("train", "regenerate")
"""The commands that keep what they had done when they were stopped."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it did its work, 1 with a sentence when it could not."""
    options = make_parser().parse_args(arguments)
    try:
        # TensorFlow prints lines that say nothing to a user.
        with native_stderr_hidden():
            run(options)
    except VisageError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(_file_trouble(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        more = " The same command goes on from the last finished epoch."
        print(f"\nStopped.{more if options.command in GO_ON else ''}", file=sys.stderr)
        return 130
    return 0


def _file_trouble(error: OSError) -> str:
    """A full disk, a folder that cannot be written, and their like."""
    where = f"{error.filename} cannot be read or written" if error.filename else "A file failed"
    first_line, *_ = (error.strerror or str(error)).split("\n")
    return f"{where}: {first_line}."


if __name__ == "__main__":
    keep_terminal_plain()
    sys.exit(main())
