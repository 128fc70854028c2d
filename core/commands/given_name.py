"""Names files the way the user named them, or the folder they were found in."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path


class GivenNames:
    """Knows what a user calls some paths.

    Args:
        given: the name of each absolute path.
    """

    def __init__(self, given: Mapping[Path, str]) -> None:
        self._given = given

    @classmethod
    def as_typed(cls, words: Iterable[str]) -> "GivenNames":
        """The paths of a command line."""
        return cls({Path(os.path.abspath(word)): word for word in words})  # noqa: PTH100

    def name_of(self, path: Path) -> str:
        """The name of an absolute path that lies at or below one that was given."""
        if path in self._given:
            return self._given[path]
        for folder in path.parents:
            if folder in self._given:
                start = self._given[folder].rstrip(os.sep)
                return f"{start}{os.sep}{path.relative_to(folder)}"
        return str(path)
