"""What an export wrote, and what it could not."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class ExportReport:
    """Filled while an export goes on.

    Attributes:
        written_count: files written.
        present_count: copies that an earlier export wrote, byte for byte the same.
        failures: photos that gave no file, each with a sentence that says why.
        is_stopped: whether someone ended it before its end.
    """

    written_count: int = 0
    present_count: int = 0
    failures: list[tuple[Path, str]] = field(default_factory=list)
    is_stopped: bool = False
