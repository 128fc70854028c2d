"""Mutated stores: read, run, repaired, as the window and the commands do."""

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

from core.batch.repair import repair
from core.batch.store import BatchStore
from core.errors import StoreError
from tests.core.batch.builders import fill_job, make_face
from tests.core.batch.damage import make_store
from tests.core.batch.test_damaged_store import use
from tests.hostile.mutation import mutated

PAGE_BYTES = 4096
MAX_LETTERS = 2000
"""Of a sentence with a path and a value that was cut."""


def try_mutated_stores(folder: str, first: int, count: int) -> None:
    """Use and repair mutated stores; prints how many were sound, told and repaired.

    Raises:
        AssertionError: if something is said that is no sentence, or a repaired store is not sound.
    """
    seeds = _seeds(Path(folder))
    sound = told = repaired = 0
    for number in range(first, first + count):
        place = Path(folder, f"{number:06}")
        place.mkdir()
        path = place / "jobs.sqlite"
        _write(path, seeds, number)
        sentences = [] if number % 3 == 0 else use(path)
        assert all(0 < len(sentence) < MAX_LETTERS for sentence in sentences), number
        told += bool(sentences)
        sound += not sentences
        try:
            repaired += repair(path) is not None
            assert repair(path) is None, number
            with BatchStore.open(path) as store:
                store.jobs()
        except StoreError as error:  # of a newer Visage
            assert "newer Visage" in str(error), number
        shutil.rmtree(place)
    print(sound, told, repaired)


def _seeds(folder: Path) -> Mapping[str, bytes]:
    """A small store, one of many pages, and the log of one whose process was killed."""
    small, large, killed = (folder / f"{name}.sqlite" for name in ("small", "large", "killed"))
    make_store(small)
    with BatchStore.open(large) as store:
        fill_job(store, {f"{number}.jpg": [make_face()] for number in range(150)})
    with BatchStore.open(killed) as store:
        fill_job(store, {"a.jpg": [make_face()]})
        files = {"killed": killed.read_bytes()}
        files["killed-wal"] = Path(f"{killed}-wal").read_bytes()
    return {**files, "small": small.read_bytes(), "large": large.read_bytes()}


def _write(path: Path, seeds: Mapping[str, bytes], number: int) -> None:
    name, content = mutated(seeds, number)
    if name.endswith("-wal"):
        path.write_bytes(seeds["killed"])
        path.with_name("jobs.sqlite-wal").write_bytes(content)
    elif number % 2:
        path.write_bytes(_page_mutated(seeds[name.partition("-")[2]], number))
    else:
        path.write_bytes(content)


def _page_mutated(content: bytes, number: int) -> bytes:
    """A store in which whole pages were lost or changed their places, as on a bad disk."""
    chance = random.Random(number)
    pages = [content[at : at + PAGE_BYTES] for at in range(0, len(content), PAGE_BYTES)]
    if not pages:
        return content
    for _ in range(chance.choice((1, 2, 5))):
        page = chance.randrange(len(pages))
        pages[page] = chance.choice((bytes(PAGE_BYTES), chance.choice(pages), b"\xa5" * PAGE_BYTES))
    return b"".join(pages)
