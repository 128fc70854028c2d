"""Runs a command on a copy of all file systems, and notes what it changed in it.

`python copied_system.py NOTES FOLDER COMMAND...` belongs into a mount namespace of its own, as root
of the computer. Over each file system lies a layer (overlayfs) that takes whatever is written, made
or removed; only FOLDER is the real one. The kernel's own, /proc, /sys and /dev, are not copied, and
nothing of /run is there.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path("/run/root")
"""Where the copy is put together; /run is a new file system in memory."""

NOT_COPIED = (Path("/proc"), Path("/sys"), Path("/dev"))
SHARED_MEMORY = Path("/dev/shm")
RUN = Path("/run")


def main() -> int:
    """Run the command and note what it changed; its exit status."""
    notes_file, folder, *command = sys.argv[1:]
    places = list(mount_points())
    run("mount", "-t", "tmpfs", "tmpfs", str(RUN))
    changes = {place: lay_over(place, number) for number, place in enumerate(places)}
    for place in NOT_COPIED:
        run("mount", "--rbind", str(place), copied(place))
    run("mount", "-t", "tmpfs", "tmpfs", copied(SHARED_MEMORY))
    run("mount", "--bind", folder, copied(Path(folder)))
    started = ["unshare", f"--root={ROOT}", f"--wd={Path.cwd()}", *command]
    status = subprocess.run(started, check=False).returncode
    changes[SHARED_MEMORY] = Path(copied(SHARED_MEMORY))
    Path(notes_file).write_text(json.dumps(sorted(changed_files(changes))))
    return status


def mount_points() -> Iterator[Path]:
    """The places of the file systems that are copied, those above first."""
    names = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for name in dict.fromkeys(names):
        place = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), name))
        is_copied = not any(place.is_relative_to(other) for other in (*NOT_COPIED, RUN))
        if is_copied and place.exists():
            yield place


def lay_over(place: Path, number: int) -> Path:
    """Copy the file system of a place; where its changes will lie."""
    upper, work = RUN / f"{number}-upper", RUN / f"{number}-work"
    for folder in (upper, work, ROOT):
        folder.mkdir(exist_ok=True)
    if place.is_dir():
        layers = f"lowerdir={place},upperdir={upper},workdir={work}"
        run("mount", "-t", "overlay", "overlay", "-o", layers, copied(place))
    else:  # a container is given single files
        run("mount", "--bind", str(place), copied(place))
    return upper


def copied(place: Path) -> str:
    return str(ROOT / place.relative_to("/"))


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def changed_files(changes: dict[Path, Path]) -> Iterator[str]:
    """What was made, written or removed, and folders that have nothing of this kind in them."""
    for place, upper in changes.items():
        for path in upper.rglob("*"):
            if path.is_symlink() or not path.is_dir() or not any(path.iterdir()):
                yield str(place / path.relative_to(upper))


if __name__ == "__main__":
    sys.exit(main())
