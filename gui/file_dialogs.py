"""Questions to the user about files; each gives None when the user changes their mind."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.batch.export.free_name import free_path
from core.sources.endings import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from gui.language.translation import translate

PATTERNS = " ".join(f"*{ending}" for ending in sorted(PHOTO_SUFFIXES) + sorted(VIDEO_SUFFIXES))


def _filter(*kinds: tuple[str, str]) -> str:
    """What a dialog offers: names with the patterns of their files."""
    return ";;".join(f"{name} ({patterns})" for name, patterns in kinds)


def ask_files(parent: QWidget, folder: Path) -> tuple[Path, ...]:
    """Photos or a video to open; empty when the user changes their mind."""
    title = translate("FileDialogs", "Open photo or video")
    kinds = _filter(
        (translate("FileDialogs", "Photos and videos"), PATTERNS),
        (translate("FileDialogs", "All files"), "*"),
    )
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return tuple(map(Path, names))


def ask_folder(parent: QWidget, folder: Path) -> Path | None:
    """A folder of photos to open."""
    title = translate("FileDialogs", "Open folder of photos")
    name = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(name) if name else None


def ask_save(parent: QWidget, proposal: Path) -> Path | None:
    """Where to save a picture; its suffix says the format."""
    title = translate("FileDialogs", "Save picture")
    kinds = _filter(
        (translate("FileDialogs", "JPEG picture"), "*.jpg"),
        (translate("FileDialogs", "PNG picture"), "*.png"),
    )
    name, kind = QFileDialog.getSaveFileName(parent, title, str(proposal), kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() not in (".jpg", ".jpeg", ".png"):
        path = path.with_name(path.name + (".png" if "*.png" in kind else ".jpg"))
    return path


def ask_target(
    parent: QWidget, title: str, proposal: Path, kinds: Mapping[str, str]
) -> Path | None:
    """Where to write a file.

    Args:
        kinds: the names of the formats by their suffixes; the answer has one of these suffixes.
    """
    filters = {f"{name} (*{suffix})": suffix for suffix, name in kinds.items()}
    chosen = next((text for text, suffix in filters.items() if suffix == proposal.suffix), "")
    name, kind = QFileDialog.getSaveFileName(
        parent, title, str(proposal), ";;".join(filters), chosen
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in kinds:
        return path
    # The dialog asked about the name without a suffix: no file may be lost to the one with it.
    return free_path(path.parent, path.name + filters[kind])


def ask_target_folder(parent: QWidget, folder: Path) -> Path | None:
    """A folder to write into."""
    title = translate("FileDialogs", "Export into folder")
    name = QFileDialog.getExistingDirectory(parent, title, str(folder))
    return Path(name) if name else None
