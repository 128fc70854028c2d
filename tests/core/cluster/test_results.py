import io
import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq

from core.batch.export.csv_file import COLUMNS
from core.cluster.parquet import to_parquet
from core.cluster.part_file import PartFile
from core.cluster.results import MANIFEST, Results
from core.cluster.storage import Storage, StorageError
from core.errors import ExportError
from tests.core.batch.builders import OTHER_RECIPE, RECIPE

KEYS = [f"{number:024x}" for number in range(3)]
ROW = ("a.jpg", "1", "10.5", *["2.0"] * 4, "30.1", *["20.0"] * 2, "0.9", "female", "0.8", *[""] * 8)


@pytest.fixture(params=["folder", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    is_memory = request.param == "memory"
    return Storage(f"memory://{tmp_path.name}/out" if is_memory else str(tmp_path / "out"))


def part(key: str, unreached: int = 0) -> PartFile:
    return PartFile(key, 10, 20, unreached, unreached)


def test_rows_are_parquet_with_the_columns_of_the_csv() -> None:
    failed = ("b.jpg", *[""] * 13, "It is damaged.", *[""] * 6)
    table = pq.read_table(io.BytesIO(to_parquet([ROW, failed])))
    assert tuple(table.column_names) == COLUMNS
    first, second = table.to_pylist()
    assert (first["face"], first["left"], first["age"], first["gender"]) == (
        1,
        10.5,
        30.1,
        "female",
    )
    assert (second["face"], second["age"], second["error"]) == (None, None, "It is damaged.")


def test_a_part_without_rows_is_a_file_with_the_columns() -> None:
    assert tuple(pq.read_table(io.BytesIO(to_parquet([]))).column_names) == COLUMNS


def test_parts_are_found_again_and_other_files_are_none(storage: Storage) -> None:
    results = Results(storage)
    assert results.part_files() == {}
    for key in KEYS:
        results.write_part(part(key), [ROW])
    storage.write("notes.txt", b"mine")
    assert results.part_files() == {key: part(key) for key in KEYS}


def test_of_two_files_of_a_part_the_one_with_more_photos_counts(storage: Storage) -> None:
    results = Results(storage)
    results.write_part(part(KEYS[0], unreached=2), [ROW])
    results.write_part(part(KEYS[0]), [ROW])
    assert results.part_files() == {KEYS[0]: part(KEYS[0])}


def test_the_manifest_names_what_counts_and_the_rest_goes(storage: Storage) -> None:
    results = Results(storage)
    results.begin("album", RECIPE)
    for one in (part(KEYS[0]), part(KEYS[1], unreached=1), part(KEYS[1]), part(KEYS[2])):
        results.write_part(one, [ROW])
    storage.write("part-mine.parquet", b"mine")
    results.finish("album", RECIPE, [part(KEYS[1]), part(KEYS[0])])
    manifest = json.loads(storage.read(MANIFEST) or b"")
    assert manifest["files"] == [part(KEYS[1]).name, part(KEYS[0]).name]
    assert (manifest["photos"], manifest["faces"], manifest["is_whole"]) == (20, 40, True)
    assert set(results.part_files()) == {KEYS[0], KEYS[1]}
    assert storage.read("part-mine.parquet") == b"mine"


def test_a_folder_belongs_to_one_source_and_recipe(storage: Storage) -> None:
    results = Results(storage)
    results.begin("album", RECIPE)
    results.begin("album", RECIPE)
    with pytest.raises(ExportError, match="another source"):
        results.begin("other", RECIPE)
    with pytest.raises(ExportError, match="another source"):
        results.begin("album", OTHER_RECIPE)


def test_a_file_in_the_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(StorageError, match=r"notes\.txt/manifest\.json would lie in a file"):
        Results(Storage(str(tmp_path / "notes.txt"))).begin("album", RECIPE)


@pytest.mark.parametrize("text", [b"no JSON", b"[1, 2]", b"3"])
def test_a_manifest_of_something_else_is_left_alone(storage: Storage, text: bytes) -> None:
    storage.write(MANIFEST, text)
    with pytest.raises(ExportError, match="none that Visage wrote"):
        Results(storage).begin("album", RECIPE)
    assert storage.read(MANIFEST) == text
