"""What a storage that cannot be reached says, and how loudly."""

import asyncio

import pytest

pytest.importorskip("gcsfs")

import fsspec
from gcsfs.extended_gcsfs import BucketType, ExtendedGcsFileSystem

from core.cluster.storage import Storage, StorageError


def test_google_storage_that_cannot_be_reached_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def no_pause(*_: object) -> None:
        pass

    async def ask_nobody(*_: object) -> BucketType:
        return BucketType.UNKNOWN

    monkeypatch.setattr(ExtendedGcsFileSystem, "_get_bucket_type", ask_nobody)
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", "http://127.0.0.1:9")
    monkeypatch.setitem(fsspec.config.conf, "gs", {"token": "anon"})
    monkeypatch.setattr(asyncio, "sleep", no_pause)
    with pytest.raises(StorageError, match=r"gs://b/a could not be reached: .*127\.0\.0\.1:9"):
        Storage("gs://b/a").is_folder()
    assert not caplog.records
