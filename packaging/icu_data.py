"""Shrinks the data of ICU, which Qt asks for sorting and time zones alone.

The format is ICU's "common data" (source/common/ucmndata.h): a header, a table of names and
places, the names, and the items, each at a multiple of 16 bytes.
"""

import re
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

UNUSED_FOLDERS = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone")
"""Where words end, and the names of currencies, languages, numbers, countries, units and zones."""

UNUSED_ITEMS = re.compile(r"[^/]+\.cnv|[a-z]{2,3}(_\w+)?\.res")
"""Character sets, since Qt wants UTF-8 of the system; dates and numbers, which it knows itself."""

MAGIC = b"CmnD"
MAGIC_OFFSET = 12
ALIGNMENT = 16
ASSEMBLY = """\
.section .rodata
.balign {alignment}
.globl {symbol}
.type {symbol}, @object
.size {symbol}, {size}
{symbol}: .incbin "{data}"
.section .note.GNU-stack, "", @progbits
"""


def shrink(library: Path) -> None:
    """Write libicudata.so.N anew, without what Qt never asks for."""
    header, items = read_items(library.read_bytes())
    kept = {name: item for name, item in items.items() if not is_unused(name)}
    symbol = f"icudt{library.name.rsplit('.', 1)[-1]}_dat"
    with TemporaryDirectory() as temporary:
        data = Path(temporary) / "data"
        data.write_bytes(write_items(header, kept))
        source = Path(temporary) / "data.s"
        size = data.stat().st_size
        source.write_text(ASSEMBLY.format(alignment=ALIGNMENT, symbol=symbol, size=size, data=data))
        command = ["gcc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}"]
        subprocess.run([*command, "-o", str(library), str(source)], check=True)


def is_unused(name: str) -> bool:
    """Whether Qt never asks for an item, such as `icudt73l/curr/de.res`."""
    _, _, place = name.partition("/")
    is_in_unused_folder = place.startswith(tuple(f"{folder}/" for folder in UNUSED_FOLDERS))
    return is_in_unused_folder or UNUSED_ITEMS.fullmatch(place) is not None


def read_items(library: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The header, and every item by its name, found anywhere in `library`."""
    start = library.index(MAGIC) - MAGIC_OFFSET
    (header_size,) = struct.unpack_from("<H", library, start)
    table = start + header_size
    (count,) = struct.unpack_from("<I", library, table)
    places = list(struct.iter_unpack("<II", library[table + 4 : table + 4 + 8 * count]))
    items = {}
    for index, (name_at, item_at) in enumerate(places):
        name = library[table + name_at : library.index(b"\0", table + name_at)].decode()
        # The last item has no end; it is small, and what follows it does no harm.
        end = places[index + 1][1] if index + 1 < count else len(library) - table
        items[name] = library[table + item_at : table + end]
    return library[start:table], items


def write_items(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """The same format again; names in the order that ICU searches them in."""
    ordered = sorted(items)
    names = b"".join(name.encode() + b"\0" for name in ordered)
    name_at = 4 + 8 * len(ordered)
    item_at = _aligned(len(header) + name_at + len(names)) - len(header)
    places, body = [], []
    for name in ordered:
        places.append(struct.pack("<II", name_at, item_at))
        body.append(items[name].ljust(_aligned(len(items[name])), b"\0"))
        name_at += len(name) + 1
        item_at += len(body[-1])
    head = b"".join([header, struct.pack("<I", len(ordered)), *places, names])
    return b"".join([head.ljust(_aligned(len(head)), b"\0"), *body])


def _aligned(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
