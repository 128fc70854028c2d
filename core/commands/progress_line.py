"""How far a long command is, on a terminal."""

import sys
from collections.abc import Callable
from typing import Self

from core.commands.standard_streams import written_anew


class ProgressLine:
    """A line on standard error that is written anew; what is no terminal gets nothing."""

    def __enter__(self) -> Self:
        self._is_terminal = sys.stderr.isatty()
        return self

    def tell(self, text: str) -> None:
        """Show `text` in the place of what was shown."""
        if self._is_terminal:
            print(written_anew(text), end="", file=sys.stderr, flush=True)

    def counter(self, noun: str) -> Callable[[int, int], None]:
        """What shows how many of how many are done, such as "3 of 1,200 faces"."""
        return lambda done, count: self.tell(f"{done:,} of {count:,} {noun}")

    def __exit__(self, *_: object) -> None:
        if self._is_terminal:
            print(file=sys.stderr)
