import struct
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo

import icu_data

HEADER = struct.pack("<HBB", 32, 0xDA, 0x27) + bytes(8) + b"CmnD" + bytes(16)


def test_items_are_read_as_they_were_written() -> None:
    items = {"icudt73l/coll/de.res": b"sorting", "icudt73l/root.res": bytes(range(40))}
    written = icu_data.write_items(HEADER, items)
    header, read = icu_data.read_items(b"what stands before" + written)
    assert header == HEADER
    assert {name: item.rstrip(b"\0") for name, item in read.items()} == items


def test_every_item_lies_where_icu_may_read_it() -> None:
    written = icu_data.write_items(HEADER, {"b": b"1", "a": b"22", "cc": b"333"})
    count, *table = struct.unpack_from("<7I", written, len(HEADER))
    names, items = table[::2], table[1::2]
    assert count == 3
    assert [written[len(HEADER) + at :].split(b"\0")[0] for at in names] == [b"a", b"b", b"cc"]
    assert all((len(HEADER) + at) % icu_data.ALIGNMENT == 0 for at in items)


@pytest.mark.parametrize(
    ("name", "is_unused"),
    [
        ("icudt73l/curr/de.res", True),
        ("icudt73l/zone/root.res", True),
        ("icudt73l/coll/de.res", False),
        ("icudt73l/zoneinfo64.res", False),
        ("icudt73l/root.res", False),
        ("icudt73l/de_AT.res", True),
        ("icudt73l/ibm-1375_P100-2008.cnv", True),
    ],
)
def test_names_and_character_sets_go_and_sorting_stays(name: str, is_unused: bool) -> None:
    assert icu_data.is_unused(name) is is_unused


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt asks the system instead of ICU")
def test_the_data_that_comes_with_qt_is_understood() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    (library,) = folder.glob("libicudata.so.*")
    _, items = icu_data.read_items(library.read_bytes())
    folders = {name.split("/")[1] for name in items if name.count("/") == 2}
    assert set(icu_data.UNUSED_FOLDERS) <= folders
    assert "coll" in folders
