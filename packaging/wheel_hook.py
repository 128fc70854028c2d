"""Lets hatchling make one package `visage` of the checkout's folders (docs/adr/0012).

What is installed editable, from a checkout, keeps the folders as they are.
"""

import sys
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
from wheel_package import DOOR, stage_package


class WheelHook(BuildHookInterface):  # type: ignore[misc]
    """Adds files to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the build; `version` is "standard" or "editable"."""
        self._staged = Path(mkdtemp(prefix="visage-wheel-"))
        if version == "editable":
            build_data["force_include_editable"][str(DOOR)] = "visage"
            return
        stage_package(self._staged)
        build_data["force_include"][str(self._staged)] = "visage"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called after it."""
        rmtree(self._staged)
