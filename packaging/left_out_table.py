"""Prints the table of docs/packaging.md: what stays out of the app, why, and how much it saves.

Run it after a build, with a Python that has everything installed, TensorFlow too:
`uv run packaging/left_out_table.py`.
"""

import json
import sysconfig
from pathlib import Path

from contents import COLLECTED_FILE, LEFT_OUT, ROOT, LeftOut

PLACES = [ROOT, *(Path(sysconfig.get_path(kind)) for kind in ("purelib", "stdlib"))]
BINARY = ".abi3.so"


def main() -> None:
    """Print one row per thing that is left out, the largest first."""
    system = json.loads(COLLECTED_FILE.read_text(encoding="utf-8"))["system_left_out"]
    sizes = {one: system.get(one.name, 0) + installed_size(one) for one in LEFT_OUT}
    print("| left out | saves, MB | because |\n|---|---:|---|")
    for one in sorted(sizes, key=lambda one: sizes[one], reverse=True):
        print(f"| {one.name} | {sizes[one] / 1e6:.1f} | {one.reason} |")


def installed_size(one: LeftOut) -> int:
    """Bytes of modules and files as they are installed; what is not installed counts nothing."""
    patterns = {*one.files, *(name for module in one.modules for name in names_of(module))}
    return sum(
        size(path) for place in PLACES for pattern in patterns for path in place.glob(pattern)
    )


def names_of(module: str) -> tuple[str, ...]:
    """The files and folders that a module may be."""
    path = module.replace(".", "/")
    return path, f"{path}.py", f"{path}{BINARY}", f"{path}.libs"


def size(path: Path) -> int:
    """Bytes of a file, or of everything in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


if __name__ == "__main__":
    main()
