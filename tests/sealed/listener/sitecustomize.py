"""Notes each program that a Python program starts; Python imports this by its name at its start."""

import os
import sys
from typing import Any

STARTING = {"os.exec", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen"}
NOTES = os.environ["SEALED_PROGRAMS"]


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event in STARTING:
        with open(NOTES, "a", encoding="utf-8") as notes:  # noqa: PTH123  pathlib is not loaded
            print(os.fsdecode(arguments[0]), file=notes)


sys.addaudithook(hear)
