"""What a model and its files may be called: what a folder or a file can be called everywhere."""

import re

_MAX_BYTES = 255
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')
_DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\s*\..*)?", re.IGNORECASE
)
"""No names of files on Windows, whatever follows their first dot."""


def is_file_name(name: str) -> bool:
    """Whether every system takes it for the name of one file that is not hidden."""
    is_kept = name == name.strip(". ") and name.isprintable() and not _NOT_IN_NAMES & set(name)
    return is_kept and 0 < len(name.encode()) <= _MAX_BYTES and not _DEVICES.fullmatch(name)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one on systems that ignore case."""
    return one.casefold() == other.casefold()
