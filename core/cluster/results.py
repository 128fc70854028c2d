"""The folder that a cluster writes its rows to: a file for each part, and a manifest."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from core.batch.export.csv_file import COLUMNS, Row
from core.batch.recipe import Recipe
from core.cluster.parquet import to_parquet
from core.cluster.part_file import PartFile
from core.cluster.storage import Storage
from core.errors import ExportError

MANIFEST = "manifest.json"


class Results:
    """Writes parts and the manifest; each file is whole or not there.

    Args:
        storage: the folder, on any storage that all workers reach.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._labelled: dict[str, Any] = {}
        self._is_new = False

    def part_files(self) -> dict[str, PartFile]:
        """What is written already, by the keys of parts; where there are two files, the better.

        Raises:
            StorageError: if the folder cannot be listed.
        """
        best: dict[str, PartFile] = {}
        for entry in self._storage.entries(self._storage.root):
            found = PartFile.named(PurePosixPath(entry["name"]).name)
            if found and (found.key not in best or found.unreached < best[found.key].unreached):
                best[found.key] = found
        return best

    def write_part(self, part: PartFile, rows: Sequence[Row]) -> None:
        """Write the rows of a part.

        Raises:
            StorageError: if they cannot be written.
            ExportError: likewise.
        """
        self._storage.write(part.name, to_parquet(rows))

    def begin(self, source: Storage, recipe: Recipe) -> str:
        """Make the folder that of one source and recipe, unless it is that of others.

        Of several that begin at once, each with its own, one gets it.

        Returns:
            What rows call the source: as it was written when the first of them were.

        Raises:
            ExportError: if it is that of others.
            StorageError: if it cannot be read or written.
        """
        belongs_to = {"address": source.address, "recipe": json.loads(recipe.to_text())}
        self._labelled = {"source": source.url, **belongs_to}
        before = self._manifest()
        if before is None and not self.part_files():
            claim = _encoded({**self._labelled, "is_whole": False})
            self._is_new = self._storage.create(MANIFEST, claim)
            if self._is_new:
                return source.url
            before = self._manifest()
        before = before or {}
        if {key: before.get(key) for key in belongs_to} != belongs_to:
            raise self._taken()
        self._labelled["source"] = before.get("source", source.url)
        return str(self._labelled["source"])

    def release(self) -> None:
        """Leave the folder to the next if this run has made it its own, and nothing is in it.

        Nobody writes to it any more.

        Raises:
            StorageError: if it cannot be looked at.
        """
        if self._is_new and not self.part_files():
            self._storage.remove(MANIFEST)

    def finish(self, recipe: Recipe, parts: Sequence[PartFile]) -> None:
        """Write which files count, in the order of the photos, and remove those that do not.

        It was begun before.

        Raises:
            StorageError: if that cannot be written.
            ExportError: likewise.
        """
        manifest = _encoded(
            {
                **self._labelled,
                "labelled_by": recipe.labelled_by,
                "is_whole": all(part.is_whole for part in parts),
                "columns": COLUMNS,
                "photos": sum(part.photos for part in parts),
                "faces": sum(part.faces for part in parts),
                "failed": sum(part.failed for part in parts),
                "files": [part.name for part in parts],
            }
        )
        self._storage.write(MANIFEST, manifest)
        kept = {part.name for part in parts}
        for entry in self._storage.entries(self._storage.root):
            name = PurePosixPath(entry["name"]).name
            if PartFile.named(name) is not None and name not in kept:
                self._storage.remove(name)

    def _taken(self) -> ExportError:
        url = self._storage.url
        if self.part_files():
            return ExportError(
                f"{url} holds the results of another source, model or setting, which stay. "
                "Name another folder after --out."
            )
        return ExportError(
            f"A run of another source, model or setting has begun to fill {url}. Name another "
            f"folder after --out, or remove its {MANIFEST} if that run has ended."
        )

    def _manifest(self) -> dict[str, Any] | None:
        """What it holds; nothing in the moment in which another run begins it."""
        content = self._storage.read(MANIFEST)
        if content is None:
            return None
        with suppress(ValueError):
            manifest = json.loads(content or b"{}")
            if isinstance(manifest, dict):
                return manifest
        raise ExportError(
            f"{self._storage.url}/{MANIFEST} is none that Visage wrote. "
            "Name another folder after --out."
        )


def _encoded(manifest: dict[str, Any]) -> bytes:
    return json.dumps(manifest, indent=1).encode()
