"""The file that holds the rows of one part. Its name tells what is in it.

So the listing of a folder is all that a run needs to go on: no file has to be opened.
"""

import re
from dataclasses import dataclass
from typing import Self

_NAME = re.compile(
    r"part-(?P<key>[0-9a-f]{24})-p(?P<photos>\d+)-f(?P<faces>\d+)"
    r"-e(?P<failed>\d+)-u(?P<unreached>\d+)\.parquet"
)


@dataclass(frozen=True, slots=True)
class PartFile:
    """What the rows of one part hold.

    Attributes:
        key: of its part.
        photos: with an answer or an error.
        failed: photos that could not be read; their rows say why.
        unreached: those of them that their storage did not give: they are tried again.
    """

    key: str
    photos: int
    faces: int
    failed: int
    unreached: int

    @classmethod
    def named(cls, name: str) -> Self | None:
        """The part file of that name; None for any other file."""
        match = _NAME.fullmatch(name)
        if match is None:
            return None
        key, *counts = match.groups()
        return cls(key, *map(int, counts))

    @property
    def name(self) -> str:
        return (
            f"part-{self.key}-p{self.photos}-f{self.faces}-e{self.failed}-u{self.unreached}.parquet"
        )

    @property
    def is_whole(self) -> bool:
        """Whether labelling the part again can bring nothing new."""
        return self.unreached == 0
