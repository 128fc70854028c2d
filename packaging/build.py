"""Builds the app that a person installs: `uv run --group packaging packaging/build.py`.

It needs Python and uv alone, and makes an environment of its own: whatever else is installed on
the computer, the app holds the same. The folder checks itself before anything is made of it.
"""

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from contents import APP_DIR, BUILD_DIR, DIST_DIR, ICONS_DIR, ROOT, version

PACKAGING = Path(__file__).resolve().parent
ENVIRONMENT = BUILD_DIR / "environment"
IS_WINDOWS = sys.platform == "win32"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")
TEXTS = ("LICENSE", "NOTICE")
MAX_MB = {"": 330, ".deb": 110}
"""How large the folder and the .deb may become."""


def main() -> None:
    """Build the folder, check it, and make what this system installs."""
    if sys.argv[1:] not in ([], ["--folder"]):
        sys.exit(f"usage: {sys.argv[0]} [--folder]   (--folder: no archive, no installer)")
    make_environment()
    make_folder()
    check_folder()
    made = [APP_DIR] if sys.argv[1:] else make_installers()
    print("\n".join(f"{path}  {size_mb(path):.0f} MB" for path in made))
    check_sizes([APP_DIR, *made])


def make_environment() -> None:
    """Install the plain app and PyInstaller, and nothing else."""
    run("uv", "venv", "--clear", "--python", sys.executable, ENVIRONMENT)
    overrides = ("--overrides", PACKAGING / "overrides.txt", "-r", PACKAGING / "requirements.txt")
    group = ("--group", f"{ROOT / 'pyproject.toml'}:packaging")
    run("uv", "pip", "install", "--python", PYTHON, *overrides, *group, "--editable", ROOT)


def make_folder() -> None:
    """Draw the icon, collect the app, make it small and add everybody's terms."""
    shutil.rmtree(APP_DIR, ignore_errors=True)
    run(PYTHON, PACKAGING / "app_icons.py")
    places = ("--workpath", BUILD_DIR / "pyinstaller", "--distpath", DIST_DIR)
    run(PYTHON, "-m", "PyInstaller", "--noconfirm", *places, PACKAGING / "visage.spec")
    if sys.platform == "linux":
        from slim import slim

        slim(APP_DIR / "_internal")
    for name in TEXTS:
        shutil.copy(ROOT / name, APP_DIR)
    run(PYTHON, PACKAGING / "third_party.py", APP_DIR / "THIRD-PARTY")


def check_folder() -> None:
    """Let the app check itself, in a folder with an awkward name."""
    folder = BUILD_DIR / "Ma démo ü"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(APP_DIR, folder, symlinks=True)
    run(folder / ("visage-terminal.exe" if IS_WINDOWS else "visage"), "self-check")
    shutil.rmtree(folder)


def make_installers() -> list[Path]:
    """What this system installs, in dist/."""
    if IS_WINDOWS:
        run("iscc", f"/DVersion={version()}", PACKAGING / "windows" / "visage.iss")
        return [DIST_DIR / f"visage-{version()}-setup.exe"]
    if sys.platform == "darwin":
        image = DIST_DIR / f"visage-{version()}.dmg"
        run(PACKAGING / "macos" / "make_disk_image.sh", DIST_DIR / "Visage.app", image)
        return [image]
    from debian import make_deb

    return [make_archive(), make_deb()]


def make_archive() -> Path:
    """A folder to unpack anywhere, for other Linux systems."""
    archive = DIST_DIR / f"visage-{version()}-linux-x86_64.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        tar.add(APP_DIR, f"visage-{version()}")
        tar.add(ICONS_DIR / "visage-256.png", f"visage-{version()}/visage.png")
    return archive


def check_sizes(made: list[Path]) -> None:
    """End with a sentence if something has become too large to hand out."""
    for path in made:
        limit = MAX_MB.get(path.suffix)
        if limit is not None and size_mb(path) > limit:
            sys.exit(f"{path.name} has {size_mb(path):.0f} MB; {limit} MB are allowed.")


def size_mb(path: Path) -> float:
    """Of a file, or of everything in a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if not file.is_dir()) / 1e6


def run(*command: object) -> None:
    """Run a command in the checkout; the build ends where one fails."""
    subprocess.run([str(word) for word in command], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
