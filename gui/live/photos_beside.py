"""The photos that lie beside one, to leaf through."""

from pathlib import Path

from core.sources.endings import PHOTO_SUFFIXES


def photos_beside(word: str) -> list[str]:
    """The photos in the folder of the photo `word`, itself among them, in order of their names."""
    photo = Path(word)
    try:
        names = sorted(
            each.name for each in photo.parent.iterdir() if each.suffix.lower() in PHOTO_SUFFIXES
        )
    except OSError:
        return [word]
    if photo.name not in names:
        return [word]
    return [word if name == photo.name else str(photo.parent / name) for name in names]
