"""Names files the way the user named them, or the folder they were found in."""

import os
from collections.abc import Iterable
from pathlib import Path


class GivenNames:
    """Knows the paths of a command line."""

    def __init__(self, given: Iterable[str]) -> None:
        self._given = {Path(os.path.abspath(text)): text for text in given}  # noqa: PTH100

    def name_of(self, path: Path) -> str:
        """The name of an absolute path that lies at or below one that was given."""
        if path in self._given:
            return self._given[path]
        for folder in path.parents:
            if folder in self._given:
                start = self._given[folder].rstrip(os.sep)
                return f"{start}{os.sep}{path.relative_to(folder)}"
        return str(path)
