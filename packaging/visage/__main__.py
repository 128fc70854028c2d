"""The command `visage`, and `python -m visage`."""

import sys

from core.commands.standard_streams import keep_terminal_plain
from main import main as run


def main() -> int:
    """Run the window or a command; the exit code."""
    keep_terminal_plain()
    return run()


if __name__ == "__main__":
    sys.exit(main())
