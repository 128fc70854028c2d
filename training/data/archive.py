"""Opens what --data names: a folder of chips, or the official archive UTKFace.tar.gz."""

import hashlib
import lzma
import shutil
import tarfile
import zlib
from pathlib import Path

from core.errors import DataError
from training.data.file_lock import exclusive

_BROKEN = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)
"""What a packed archive that is damaged raises, or one with a name that no file can have."""


def open_data(data: Path, cache_dir: Path) -> Path:
    """The folder of chips that `data` is, or that it is unpacked into, once, under `cache_dir`.

    Raises:
        DataError: if it is neither, or the archive is broken.
    """
    if data.is_dir():
        return data
    if not data.is_file():
        raise DataError(
            f"There is no folder or archive {data}. --data takes UTKFace or UTKFace.tar.gz."
        )
    with data.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    folder = cache_dir / f"{data.name.split('.')[0]}-{digest}"
    if not folder.is_dir():
        with exclusive(folder):
            if not folder.is_dir():  # another run may just have made it
                _unpack(data, folder)
    return folder


def _unpack(archive: Path, folder: Path) -> None:
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        with tarfile.open(archive) as files:
            _write_files(files, part)
    except (tarfile.TarError, *_BROKEN) as error:
        shutil.rmtree(part, ignore_errors=True)
        raise DataError(f"The archive {archive} cannot be unpacked ({error}).") from error
    part.rename(folder)


def _write_files(files: tarfile.TarFile, folder: Path) -> None:
    """Write the files of an archive side by side: whatever their paths say, none goes elsewhere.

    Hidden ones are left out, such as what macOS adds to an archive.
    """
    for member in files:
        name = Path(member.name).name
        content = files.extractfile(member) if member.isfile() else None
        if content is not None and not name.startswith("."):
            with content, (folder / name).open("wb") as target:
                shutil.copyfileobj(content, target)
