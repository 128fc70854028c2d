"""Files that browsers sent go once they were looked at."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def discard(files: Iterable[Path]) -> None:
    """Remove uploads that were looked at, each with the folder that it had to itself."""
    for file in files:
        file.unlink(missing_ok=True)
        with suppress(OSError):
            file.parent.rmdir()
