import errno
import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq

from core.batch.export.csv_file import COLUMNS
from core.cluster.finding import find_work
from core.cluster.parquet import to_parquet
from core.cluster.part_file import PartFile
from core.cluster.results import MANIFEST, Results
from core.cluster.storage import Storage, StorageError
from core.cluster.work import parts_of
from core.errors import ExportError, SourceError
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
    results.begin(Storage("album"), RECIPE)
    for one in (part(KEYS[0]), part(KEYS[1], unreached=1), part(KEYS[1]), part(KEYS[2])):
        results.write_part(one, [ROW])
    storage.write("part-mine.parquet", b"mine")
    results.finish(RECIPE, [part(KEYS[1]), part(KEYS[0])])
    manifest = json.loads(storage.read(MANIFEST) or b"")
    assert manifest["files"] == [part(KEYS[1]).name, part(KEYS[0]).name]
    assert (manifest["photos"], manifest["faces"], manifest["is_whole"]) == (20, 40, True)
    assert set(results.part_files()) == {KEYS[0], KEYS[1]}
    assert storage.read("part-mine.parquet") == b"mine"


def test_a_folder_belongs_to_one_source_and_recipe(storage: Storage) -> None:
    results = Results(storage)
    results.begin(Storage("album"), RECIPE)
    results.write_part(part(KEYS[0]), [ROW])
    results.begin(Storage("album"), RECIPE)
    with pytest.raises(ExportError, match="another source"):
        results.begin(Storage("other"), RECIPE)
    with pytest.raises(ExportError, match="another source"):
        results.begin(Storage("album"), OTHER_RECIPE)
    assert set(results.part_files()) == {KEYS[0]}


def test_a_source_of_the_same_name_in_another_folder_is_another_source(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = Results(storage)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "first")
    results.begin(Storage("vga"), RECIPE)
    results.write_part(part(KEYS[0]), [ROW])
    monkeypatch.chdir(tmp_path / "second")
    with pytest.raises(ExportError, match="another source"):
        results.begin(Storage("vga"), RECIPE)
    storage.remove(MANIFEST)
    with pytest.raises(ExportError, match="another source"):
        results.begin(Storage("vga"), RECIPE)


def test_a_run_goes_on_however_its_source_is_written_and_rows_keep_the_first_name(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vga").mkdir()
    (tmp_path / "vga" / "a.jpg").touch()
    (tmp_path / "link").symlink_to("vga")
    monkeypatch.chdir(tmp_path)
    results = Results(storage)
    keys = set()
    for written in (
        "vga",
        "vga/",
        "./vga",
        f"{tmp_path}/vga",
        "link",
        "file://" + f"{tmp_path}/vga",
    ):
        source = Storage(written)
        name = results.begin(source, RECIPE)
        assert name == "vga"
        (found,) = parts_of(find_work(source, name, []), RECIPE, 100)
        assert found.photos[0].name == "vga/a.jpg"
        keys.add(found.key)
        results.write_part(part(found.key), [ROW])
    assert set(results.part_files()) == keys
    assert len(keys) == 1


def test_objects_of_one_name_in_two_stores_are_two_sources() -> None:
    addresses = {
        Storage(url).address for url in ("memory://b/album", "memory://b/album/", "b/album")
    }
    assert len(addresses) == 2


def test_a_source_that_is_not_there_leaves_the_folder_to_the_next(
    storage: Storage, tmp_path: Path
) -> None:
    results = Results(storage)
    mistyped = Storage(str(tmp_path / "mistyped"))
    name = results.begin(mistyped, RECIPE)
    with pytest.raises(SourceError, match="mistyped does not exist"):
        next(find_work(mistyped, name, []))
    results.release()
    results.begin(Storage("album"), OTHER_RECIPE)
    results.write_part(part(KEYS[0]), [ROW])
    results.finish(OTHER_RECIPE, [part(KEYS[0])])
    results.release()
    assert json.loads(storage.read(MANIFEST) or b"")["source"] == "album"


def test_of_runs_that_begin_at_once_in_one_folder_one_gets_it(tmp_path: Path) -> None:
    names = [f"album {number}" for number in range(8)]
    ready = Barrier(len(names))

    def begin(name: str) -> str:
        results = Results(Storage(str(tmp_path / "out")))
        ready.wait()
        try:
            return results.begin(Storage(name), RECIPE)
        except ExportError as error:
            return str(error)

    with ThreadPoolExecutor(len(names)) as threads:
        answers = list(threads.map(begin, names))
    (winner,) = set(answers) & set(names)
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    assert manifest["source"] == winner
    (refusal,) = set(answers) - {winner}
    assert "has begun to fill" in refusal


def test_a_run_that_has_begun_keeps_the_folder_from_others_before_its_first_rows(
    storage: Storage,
) -> None:
    first, second, again = (Results(storage) for _ in range(3))
    first.begin(Storage("album"), RECIPE)
    with pytest.raises(ExportError, match=rf"has begun to fill .*remove its {MANIFEST}"):
        second.begin(Storage("other"), RECIPE)
    second.release()
    again.begin(Storage("album"), RECIPE)
    again.release()
    with pytest.raises(ExportError, match="has begun to fill"):
        second.begin(Storage("other"), RECIPE)
    first.release()
    assert second.begin(Storage("other"), RECIPE) == "other"


def test_a_manifest_that_is_being_begun_is_that_of_another_run(storage: Storage) -> None:
    storage.write(MANIFEST, b"")
    with pytest.raises(ExportError, match="has begun to fill"):
        Results(storage).begin(Storage("album"), RECIPE)


def test_a_full_disk_leaves_no_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = Storage(str(tmp_path / "out"))

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(StorageError, match="No space left"):
        Results(storage).begin(Storage("album"), RECIPE)
    assert storage.read(MANIFEST) is None


def test_a_file_in_the_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(StorageError, match=r"notes\.txt/manifest\.json would lie in a file"):
        Results(Storage(str(tmp_path / "notes.txt"))).begin(Storage("album"), RECIPE)


def test_a_folder_in_the_place_of_the_manifest_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(StorageError, match=r"manifest\.json is a folder, where a file should be"):
        Results(Storage(str(tmp_path))).begin(Storage("album"), RECIPE)


@pytest.mark.parametrize("text", [b"no JSON", b"[1, 2]", b"3"])
def test_a_manifest_of_something_else_is_left_alone(storage: Storage, text: bytes) -> None:
    storage.write(MANIFEST, text)
    with pytest.raises(ExportError, match="none that Visage wrote"):
        Results(storage).begin(Storage("album"), RECIPE)
    assert storage.read(MANIFEST) == text
