"""Folders of this computer and of object stores, alike; the only file that imports fsspec."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from core.batch.export.whole_file import make_folder, whole_file
from core.errors import VisageError
from core.text import one_line

# It logs what it raises, too, with a traceback.
logging.getLogger("gcsfs").setLevel(logging.CRITICAL)

_LISTED_ANEW = {"use_listings_cache": False, "skip_instance_cache": True}
"""Whoever lists a folder wants to know what is there now, and a listing may be long."""


class StorageError(VisageError):
    """A folder or an object cannot be reached, read or written."""


class Storage:
    """What lies below a URL: `s3://bucket/photos`, `gs://…`, or a folder's name.

    Args:
        url: as the user wrote it.

    Raises:
        StorageError: if no library reads such a URL.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        if "://" not in url:  # a name, whatever fsspec would read from it
            self._files, self.root = LocalFileSystem(), os.path.abspath(url)  # noqa: PTH100
            return
        with trouble_in_words(url):
            self._files, self.root = fsspec.url_to_fs(url, **_LISTED_ANEW)

    @property
    def is_local(self) -> bool:
        """Whether places are paths of this computer."""
        return isinstance(self._files, LocalFileSystem)

    @property
    def full_url(self) -> str:
        """The URL for programs that run in other folders."""
        return self.root if self.is_local else self.url

    @property
    def address(self) -> str:
        """The same for each way to write one place, wherever it is written."""
        if self.is_local:
            return os.path.realpath(self.root)
        return str(self._files.unstrip_protocol(self.root)).rstrip("/")

    def place_of(self, name: str) -> str:
        """Where a file of this folder lies."""
        return f"{self.root.rstrip('/')}/{name}"

    def is_folder(self) -> bool:
        """Whether there are files below the URL.

        Raises:
            StorageError: if nothing is there, or nobody says.
        """
        with trouble_in_words(self.url):
            return bool(self._files.info(self.root)["type"] == "directory")

    def entries(self, folder: str) -> list[dict[str, Any]]:
        """The files and folders in a folder, by name: `name` is a place, `type` and `size`.

        Empty where there is no such folder: an object store has none that are empty.

        Raises:
            StorageError: if it cannot be listed.
        """
        with trouble_in_words(f"{self.url}: {folder}"):
            try:
                found = self._files.ls(folder, detail=True, refresh=True)
            except FileNotFoundError:
                return []
        return sorted(found, key=lambda entry: str(entry["name"]))

    def entry(self) -> dict[str, Any]:
        """The file that the URL names.

        Raises:
            StorageError: if there is none.
        """
        with trouble_in_words(self.url):
            return dict(self._files.info(self.root))

    def fetch(self, place: str, target: Path) -> None:
        """Copy a file to this computer.

        Raises:
            FileNotFoundError: if it is not there any more.
            StorageError: if it cannot be fetched.
        """
        with trouble_in_words(target.name):
            self._files.get_file(place, str(target))

    def read(self, name: str) -> bytes | None:
        """A file of this folder; None if there is none.

        Raises:
            StorageError: if it cannot be read.
        """
        with trouble_in_words(f"{self.url}/{name}"), suppress(FileNotFoundError):
            return bytes(self._files.cat_file(self.place_of(name)))
        return None

    def write(self, name: str, content: bytes) -> None:
        """Write a file of this folder: it is whole or not there, whatever happens.

        Raises:
            StorageError: if it cannot be written.
            ExportError: likewise.
        """
        if self.is_local:
            make_folder(Path(self.root))
            with whole_file(Path(self.place_of(name))) as stream:
                stream.write(content)
            return
        try:
            with trouble_in_words(f"{self.url}/{name}"):
                self._files.pipe_file(self.place_of(name), content)
        except FileNotFoundError as error:
            raise StorageError(f"{one_line(self.url)} does not exist.") from error

    def create(self, name: str, content: bytes) -> bool:
        """Write a file of this folder unless there is one; of several at once, one does.

        Returns:
            Whether it was written.

        Raises:
            StorageError: if it cannot be written.
            ExportError: likewise.
        """
        place = self.place_of(name)
        try:
            with trouble_in_words(f"{self.url}/{name}"):
                if self.is_local:
                    make_folder(Path(self.root))
                    _create_file(Path(place), content)
                else:
                    self._files.pipe_file(place, content, mode="create")
        except FileExistsError:
            return False
        except FileNotFoundError as error:
            raise StorageError(f"{one_line(self.url)} does not exist.") from error
        except StorageError:
            # Stores have several ways to say that it is there.
            if self.read(name) is None:
                raise
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove a file of this folder, if it is there.

        Raises:
            StorageError: if it cannot be removed.
        """
        with trouble_in_words(f"{self.url}/{name}"), suppress(FileNotFoundError):
            self._files.rm_file(self.place_of(name))


def _create_file(path: Path, content: bytes) -> None:
    """Raises FileExistsError if it is there; after other errors it is not."""
    with path.open("xb") as stream:
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            path.unlink()
            raise


@contextmanager
def trouble_in_words(name: str) -> Iterator[None]:
    """Turns what a storage raises, each in its own way, into a sentence.

    That a file is missing, or there already, stays as it is.
    """
    shown = one_line(name)
    try:
        yield
    except (VisageError, FileNotFoundError, FileExistsError):
        raise
    except ImportError as error:
        raise StorageError(
            f"{shown} cannot be read: install Visage with its extra `cluster` ({error})."
        ) from error
    except PermissionError as error:
        raise StorageError(f"{shown} may not be used ({error}). Check its permissions.") from error
    except NotADirectoryError as error:
        raise StorageError(f"{shown} would lie in a file, not in a folder.") from error
    except IsADirectoryError as error:
        raise StorageError(f"{shown} is a folder, where a file should be.") from error
    except Exception as error:  # botocore, aiohttp and google-auth have families of their own
        kind = type(error).__name__
        reason = one_line(str(error)).rstrip(".") or kind
        raise StorageError(f"{shown} could not be reached: {reason} ({kind}).") from error
