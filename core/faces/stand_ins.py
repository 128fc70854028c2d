"""Keeps modules that nobody here calls from being imported by those that are called."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def stand_ins(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Within the block, importing one of these names gives what stands in for it.

    Modules that are imported already are left alone, and afterwards every name is free again.

    Args:
        modules: by full name; None makes the import fail as if it were not installed.
    """
    added = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(added)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in added:
            del sys.modules[name]
