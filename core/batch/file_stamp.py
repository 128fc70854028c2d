"""By what a file is known again: its size, and when it was last changed."""

import os

_LATEST_NS = 2**63 - 1
"""What a database holds: in the year 2262. Some file systems go on until 2446."""


def file_stamp(status: os.stat_result) -> tuple[int, int]:
    """Size in bytes, and time of the last change in ns since 1970."""
    return status.st_size, min(status.st_mtime_ns, _LATEST_NS)
