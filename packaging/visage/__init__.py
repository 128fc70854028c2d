"""Estimates age and gender of every face, live or in photos: see `Visage`.

All public names are those of the module `api`, which documents them. They are imported when they
are asked for, so that the command `visage --help` answers at once.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.api import *  # noqa: F403


def __getattr__(name: str) -> object:
    from core import api

    if name in api.__all__:
        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    from core import api

    return sorted(api.__all__)
