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
        """Make the folder that of one source and recipe, unless it holds rows of others.

        Returns:
            What rows call the source: as it was written when the first of them were.

        Raises:
            ExportError: if it holds rows of others.
            StorageError: if it cannot be read or written.
        """
        belongs_to = {"address": source.address, "recipe": json.loads(recipe.to_text())}
        self._labelled = {"source": source.url, **belongs_to}
        before = self._manifest() or {}
        if {key: before.get(key) for key in belongs_to} == belongs_to:
            self._labelled["source"] = before.get("source", source.url)
        elif self.part_files():
            raise ExportError(
                f"{self._storage.url} holds the results of another source, model or setting, "
                "which stay. Name another folder after --out."
            )
        else:
            self._write_manifest({**self._labelled, "is_whole": False})
        return str(self._labelled["source"])

    def finish(self, recipe: Recipe, parts: Sequence[PartFile]) -> None:
        """Write which files count, in the order of the photos, and remove those that do not.

        It was begun before.

        Raises:
            StorageError: if that cannot be written.
            ExportError: likewise.
        """
        self._write_manifest(
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
        kept = {part.name for part in parts}
        for entry in self._storage.entries(self._storage.root):
            name = PurePosixPath(entry["name"]).name
            if PartFile.named(name) is not None and name not in kept:
                self._storage.remove(name)

    def _manifest(self) -> dict[str, Any] | None:
        content = self._storage.read(MANIFEST)
        if content is None:
            return None
        with suppress(ValueError):
            manifest = json.loads(content)
            if isinstance(manifest, dict):
                return manifest
        raise ExportError(
            f"{self._storage.url}/{MANIFEST} is none that Visage wrote. "
            "Name another folder after --out."
        )

    def _write_manifest(self, values: dict[str, Any]) -> None:
        self._storage.write(MANIFEST, json.dumps(values, indent=1).encode())
