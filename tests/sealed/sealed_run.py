"""Runs a command sealed off: with a network that answers everything, and an empty home."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from core import paths

WITNESS = Path(__file__).with_name("witness.py")
COPIED_SYSTEM = Path(__file__).with_name("copied_system.py")
LISTENER = Path(__file__).with_name("listener")
ROOT = paths.install_dir()

OWN_PLACES = (
    *("home/.cache/Visage", "home/.config/Visage"),
    *("home/.local/share/Visage", "home/.local/state/Visage"),
    "here/runs",
)
"""Visage's own folders, and the one in which training works."""

PRIVILEGED = (
    "ip link set lo up && ip -6 route add local default dev lo && mount -t tmpfs tmpfs /run"
)
"""What witness.py may not do everywhere."""

TIMEOUT_S = 600.0


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a command did.

    Attributes:
        status: its exit status.
        output: what it said, on both streams.
        names: the names that it asked a name server for.
        packets: where every packet went that it sent or caused.
        programs: the programs that it started, if it is written in Python and not packaged.
        files: the files that it left outside of Visage's own folders: in its home, its temporary
            folder and the folder it was started in, relative to the folder that holds these; and
            what it changed elsewhere, if `why_no_copy` says nothing.
    """

    status: int
    output: str
    names: tuple[str, ...]
    packets: tuple[str, ...]
    programs: tuple[str, ...]
    files: tuple[str, ...]


def run_sealed(command: Sequence[str | Path], folder: Path, **variables: str) -> Sealed:
    """Run a command in an empty home, watched by witness.py.

    Args:
        folder: an empty folder of its own.
        variables: of the environment, beside those that every program needs.

    Raises:
        subprocess.TimeoutExpired: if it does not end.
    """
    home, temporary, here = (folder / name for name in ("home", "tmp", "here"))
    for place in (home, temporary, here):
        place.mkdir(parents=True)
    notes_file, programs_file = folder / "notes.json", folder / "programs"
    changes_file = folder / "changes.json"
    programs_file.touch()
    # Nothing is inherited: CI, for one, silences some libraries.
    environment = {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(LISTENER), str(ROOT)]),
        "QT_QPA_PLATFORM": "offscreen",
        "SEALED_PROGRAMS": str(programs_file),
        "TMPDIR": str(temporary),
        **variables,
    }
    finished = subprocess.run(
        [
            *_namespaces(),
            *([] if why_no_copy() else _on_a_copy(changes_file, folder)),
            *(sys.executable, "-I", WITNESS, notes_file, *command),
        ],
        cwd=here,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=TIMEOUT_S,
        check=False,
    )
    notes = json.loads(notes_file.read_text()) if notes_file.exists() else {}
    changed = json.loads(changes_file.read_text()) if changes_file.exists() else []
    return Sealed(
        status=finished.returncode,
        output=finished.stdout,
        names=tuple(notes.get("names", ())),
        packets=tuple(notes.get("packets", ())),
        programs=tuple(programs_file.read_text(encoding="utf-8").splitlines()),
        files=(*sorted(_foreign_files(folder, (home, temporary, here))), *changed),
    )


@cache
def why_not() -> str | None:
    """Why nothing can be sealed off on this computer; None if it can."""
    if not sys.platform.startswith("linux"):
        return "network namespaces are Linux's"
    missing = [name for name in ("unshare", "ip", "mount") if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} is not installed"
    tried = subprocess.run(
        [*_namespaces(), "sh", "-c", PRIVILEGED],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"no namespace can be made: {tried.stderr.strip()}" if tried.returncode else None


@cache
def why_no_copy() -> str | None:
    """Why files are looked for in a few places only; None if they are looked for everywhere."""
    if os.geteuid() != 0:
        return "only root can lay a copy over every file system"
    with TemporaryDirectory() as folder:
        tried = subprocess.run(
            [*_namespaces(), *_on_a_copy(Path(folder, "changes.json"), Path(folder)), "true"],
            capture_output=True,
            text=True,
            check=False,
        )
    return f"no copy can be made: {tried.stderr.strip()}" if tried.returncode else None


def _on_a_copy(changes_file: Path, folder: Path) -> list[str | Path]:
    return [sys.executable, "-I", COPIED_SYSTEM, changes_file, folder]


def _namespaces() -> list[str]:
    """Namespaces of its own for what follows; who is not root becomes it inside."""
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *as_root, "--net", "--mount", "--kill-child"]


def _foreign_files(folder: Path, places: Sequence[Path]) -> list[str]:
    own = [folder / place for place in OWN_PLACES]
    return [
        str(path.relative_to(folder))
        for place in places
        for path in place.rglob("*")
        if not path.is_dir() and not any(path.is_relative_to(one) for one in own)
    ]
