"""An archive in an object store, that answers late, wrongly, or no longer has what it listed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.core.cluster.builders import csv_rows_in, label, rows_in, write_album

pytest.importorskip("ray")
pytest.importorskip("s3fs")
pytest.importorskip("moto")

from core.cluster.finding import find_work
from core.cluster.storage import Storage, StorageError
from core.errors import SourceError
from tests.core.cluster.s3_server import BUCKET, S3Server, s3_server

if TYPE_CHECKING:
    from core.batch.scan import SkippedFile

pytestmark = pytest.mark.cluster

SOURCE = f"s3://{BUCKET}/album"
UNREACHED = "Photos that could not be reached: 1. The same command tries them again.\n"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[S3Server]:
    monkeypatch.setenv("HOME", str(tmp_path))
    with s3_server() as server:
        for name, value in server.variables.items():
            monkeypatch.setenv(name, value)
        yield server


def names_at(url: str) -> list[str]:
    skipped: list[SkippedFile] = []
    return [photo.name for photo in find_work(Storage(url), url, skipped)]


def test_photos_are_found_below_a_prefix_in_the_order_of_a_folder(s3: S3Server) -> None:
    for key in ("b.jpg", "a.jpg", "c/d.MP4", "c/", ".hidden.jpg", "a.txt", "A/z.png"):
        s3.client.put_object(Bucket=BUCKET, Key=f"album/{key}", Body=b"x")
    assert names_at(SOURCE) == [
        f"{SOURCE}/{name}" for name in ("a.jpg", "b.jpg", "A/z.png", "c/d.MP4")
    ]
    assert names_at(f"{SOURCE}/a.jpg") == [f"{SOURCE}/a.jpg"]


def test_objects_that_cannot_be_listed_are_told(s3: S3Server) -> None:
    for key in ("a.jpg", "c/", "c/d.jpg", "e//f.jpg"):
        s3.client.put_object(Bucket=BUCKET, Key=f"album/{key}", Body=b"x")
    skipped: list[SkippedFile] = []
    found = list(find_work(Storage(SOURCE), SOURCE, skipped))
    assert [photo.name for photo in found] == [f"{SOURCE}/a.jpg", f"{SOURCE}/c/d.jpg"]
    ((place, reason),) = ((one.path.as_posix(), one.reason) for one in skipped)
    assert place == f"{BUCKET}/album/e"
    assert "without a name" in reason


def test_what_does_not_exist_is_a_sentence(s3: S3Server) -> None:
    for url in (f"s3://{BUCKET}/nothing", "s3://no-such-bucket/album"):
        with pytest.raises(SourceError, match="does not exist"):
            names_at(url)
    with pytest.raises(StorageError, match="does not exist"):
        Storage("s3://no-such-bucket/out").write("manifest.json", b"{}")


def test_of_two_runs_that_begin_in_one_bucket_one_gets_it(s3: S3Server) -> None:
    out = Storage(f"s3://{BUCKET}/out")
    assert out.create("manifest.json", b"first")
    assert not out.create("manifest.json", b"second")
    assert out.read("manifest.json") == b"first"
    with pytest.raises(StorageError, match="does not exist"):
        Storage("s3://no-such-bucket/out").create("manifest.json", b"{}")


@pytest.mark.slow
def test_missing_credentials_are_a_sentence_and_nothing_is_started(
    s3: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    done = label(SOURCE, "--cluster", "local", "--out", tmp_path / "out", home=tmp_path / "home")
    assert done.returncode == 2
    assert done.stderr.strip().endswith("Unable to locate credentials (NoCredentialsError).")
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_an_archive_that_fails_loses_nothing(s3: S3Server, tmp_path: Path) -> None:
    home, table = tmp_path / "home", tmp_path / "faces.csv"
    album = write_album(tmp_path / "album", 16)
    s3.upload(album, "album")
    label(album, "--csv", table, home=home)
    alone = [{**row, "path": row["path"].replace(str(album), SOURCE)} for row in csv_rows_in(table)]
    broken, gone, slow = (f"album/{name}.jpg" for name in ("0003", "damaged", "0008"))
    s3.failing, s3.slow_s = {broken}, {slow: 3.0}

    def delete_last(name: str) -> None:
        if name == "album/0000.jpg":
            s3.client.delete_object(Bucket=BUCKET, Key=gone)

    s3.on_read = delete_last
    out = f"s3://{BUCKET}/out"
    words = (SOURCE, "--cluster", "local", "--workers", "1", "--photos-per-file", "4")
    first = label(*words, "--out", out, home=home)
    assert (first.returncode, first.stderr) == (1, UNREACHED)
    rows = rows_in(s3.download("out", tmp_path / "first"))
    errors = {row["path"].removeprefix(SOURCE): row["error"] for row in rows if row["error"]}
    assert set(errors) == {"/0003.jpg", "/damaged.jpg"}
    assert errors["/damaged.jpg"] == "damaged.jpg does not exist. Was it moved or renamed?"
    assert errors["/0003.jpg"].startswith("0003.jpg could not be reached: ")
    assert [row for row in rows if not row["error"]] == [
        row for row in alone if not row["error"] and not row["path"].endswith("/0003.jpg")
    ]

    s3.failing, s3.reads = set(), {}
    again = label(*words, "--out", out, home=home)
    assert (again.returncode, again.stderr) == (0, "")
    assert broken in s3.reads
    assert len(s3.reads) < 16
    assert rows_in(s3.download("out", tmp_path / "again")) == [
        row for row in alone if not row["error"]
    ]
