"""Mutated XMP, from fixed seeds: what programs write, cut, mixed, nested and swollen."""

import os
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from core.batch.export.xmp.sidecar import write_xmp_sidecars
from core.batch.export.xmp.sidecar_name import full_path, short_path
from core.batch.record import LabelledFace, LabelledPhoto, PhotoFacts, PhotoState
from core.types import Box, Estimate, Face, Gender
from tests.core.batch.export.xmp.builders import ELSEWHERE, RATING, mwg, people_tag, xmp

SEEDS = (
    xmp([mwg("Ann"), mwg("Rex", ELSEWHERE, kind="Pet")], more=RATING),
    xmp(tags=[people_tag("Ann"), people_tag("", ELSEWHERE)]),
    xmp([mwg("female 34"), mwg("")], [people_tag("female 34")], applied=(80, 120)),
    "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>" + xmp() + "<?xpacket end='w'?>",
    "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description>"
    "<m:Regions xmlns:m='http://www.metadataworkinggroup.com/schemas/regions/'><m:RegionList>"
    "<r:Seq><r:li><r:Description m:Name='Ann' m:Type='Face'><m:Area"
    " xmlns:a='http://ns.adobe.com/xmp/sType/Area#' a:x='.2' a:y='.3' a:w='.2' a:h='.3'/>"
    "</r:Description></r:li></r:Seq></m:RegionList></m:Regions></r:Description></r:RDF>",
)
TOKENS = (
    "<", ">", "&", "&#0;", "&lol;", "]]>", "<![CDATA[", "<!--", "-->", "<?x?>", "\0", "\ud7ff",
    "<!DOCTYPE a [<!ENTITY lol 'lol'>]>", "1e999", "nan", "-0.3", "0", "9" * 400, "pixel",
    " xmlns=''", " xmlns:rdf='urn:x'", " rdf:parseType='Literal'", " rdf:resource='#a'",
    "<rdf:Description/>", "<rdf:li/>", "<rdf:Bag/>", "<mwg-rs:Regions/>", "</rdf:Bag>",
    "<rdf:li rdf:parseType='Resource'><mwg-rs:Area/></rdf:li>", " visage:Name='Ann'",
)  # fmt: skip


def mutated(number: int) -> bytes:
    """The same XMP for the same number."""
    chance = random.Random(number)
    text = chance.choice(SEEDS)
    for _ in range(chance.choice((0, 1, 1, 2, 5))):
        text = chance.choice(_CHANGES)(text, chance)
    data = text.encode(chance.choice(("utf-8",) * 6 + ("utf-16", "utf-8-sig")), "replace")
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        place = chance.randrange(len(data) + 1)
        data = data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def _insert(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(TOKENS) + text[place:]


def _mix(text: str, chance: random.Random) -> str:
    """A piece of another packet between two tags."""
    other = chance.choice(SEEDS)
    start, end = sorted(chance.randrange(len(other)) for _ in range(2))
    place = text.find(">", chance.randrange(len(text))) + 1
    return text[:place] + other[start:end] + text[place:]


def _drop(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:start] + text[min(end, start + 60) :]


def _exchange(text: str, chance: random.Random) -> str:
    """One tag or value for another, everywhere."""
    words = ("rdf:Bag", "rdf:li", "mwg-rs:Area", "mwg-rs:Name", "0.25", "0.1", "normalized", "Face")
    return text.replace(chance.choice(words), chance.choice((*words, *TOKENS)))


def _swell(text: str, chance: random.Random) -> str:
    """Deep, long or many."""
    count = chance.choice((50, 99, 2_000, 20_000))
    place = text.find("</rdf:Description>")
    start = max(0, text.find("<rdf:li"))
    item = text[start : text.find("</rdf:li>") + len("</rdf:li>")] or "<a/>"
    swollen = chance.choice(
        ("<a>" * count + "</a>" * count, "x" * count, f"<a b='{'y' * count}'/>", "<a/>" * count)
    )
    if chance.random() < 0.3:
        return text.replace(item, item * min(count, 500), 1)
    return text[:place] + swollen + text[place:]


_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    _insert,
    _insert,
    _mix,
    _drop,
    _exchange,
    _swell,
)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(SEEDS[0].encode())
        file.truncate(70_000_000)


_BILLION = (
    "<!DOCTYPE a [<!ENTITY a 'lol'>"
    + "".join(f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in pairwise("abcdefghi"))
    + "]>"
)
_ODD: dict[str, Callable[[Path], object]] = {
    "70 MB": lambda path: path.write_bytes(SEEDS[0].encode().ljust(70_000_000)),
    "70 MB, sparse": _sparse,
    "2,000 deep": lambda path: path.write_text(_with("<a>" * 2_000 + "</a>" * 2_000)),
    "a million elements": lambda path: path.write_text(_with("<a/>" * 1_000_000)),
    "a million attributes": lambda path: path.write_text(
        _with(f"<a {' '.join(f'b{number}=' + repr('') for number in range(1_000_000))}/>")
    ),
    "a million namespaces": lambda path: path.write_text(
        _with("".join(f"<a xmlns:n{number}='n:{number}'/>" for number in range(500_000)))
    ),
    "lines alone": lambda path: path.write_text(_with("a\n" * 7_900_000 + "<")),
    "entities": lambda path: path.write_text(_BILLION + _with("&i;")),
    "an entity of a file": lambda path: path.write_text(
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + _with("&b;")
    ),
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
}


def _with(content: str) -> str:
    return SEEDS[0].replace("</rdf:Description>", f"{content}</rdf:Description>")


def export_beside_odd(folder: str) -> None:
    """Write the sidecars of many photos, most of them beside something odd.

    Prints what is said of each, and how many were written.
    """
    photos = [Path(folder, f"{number:02}.jpg") for number in range(len(_ODD) + 1)]
    for photo in photos:
        Pillow.new("RGB", (120, 80)).save(photo)
    for photo, make in zip(photos, _ODD.values(), strict=False):
        make(full_path(photo))
    report = write_xmp_sidecars(map(_labelled, photos))
    told = dict(report.failures)
    for photo, kind in zip(photos, _ODD, strict=False):
        print(f"{kind}: {told.get(photo)}")
    print(report.written_count)


def export_beside_mutated(folder: str, first: int, count: int) -> None:
    """Write the sidecars of one photo, twice over, beside and over mutated XMP.

    Prints how often a file was written and how often a sentence was said instead.
    """
    path = Path(folder, "a.jpg")
    written_count = 0
    for number in range(first, first + count):
        packet = mutated(number)
        place = number % 3
        Pillow.new("RGB", (120, 80)).save(path, xmp=packet[:60_000] if place == 0 else b"")
        for sidecar in (full_path(path), short_path(path)):
            sidecar.unlink(missing_ok=True)
        if place:
            (full_path(path) if place == 1 else short_path(path)).write_bytes(packet)
        report = write_xmp_sidecars([_labelled(path)])
        assert report.written_count + len(report.failures) == 1, number
        for _, sentence in report.failures:
            assert "the log says why" not in sentence, (number, sentence)
        if report.written_count:
            written = {one: one.read_bytes() for one in path.parent.glob("*.xmp")}
            assert write_xmp_sidecars([_labelled(path)]).written_count == 1, number
            assert {one: one.read_bytes() for one in written} == written, number
        written_count += report.written_count
    assert sorted(one.suffix for one in path.parent.iterdir() if one.suffix == ".part") == []
    print(f"{written_count} written, {count - written_count} sentences")


def _labelled(path: Path) -> LabelledPhoto:
    status = path.stat()
    facts = PhotoFacts(1, path, PhotoState.DONE, None, 120, 80, status.st_size, status.st_mtime_ns)
    boxes = (Box(12, 8, 42, 38), Box(80, 40, 100, 60))
    faces = [
        LabelledFace(
            number,
            number,
            Face(box, 0.9, Estimate(34, 29, 39, 0.9), gender=Gender.FEMALE),
            np.zeros((6, 2), np.float32),
        )
        for number, box in enumerate(boxes, 1)
    ]
    return LabelledPhoto(facts, faces)
