import time

import pytest

from core.batch.export.xmp.packet import MAX_BYTES, read_packet
from core.errors import ExportError

META = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"


def packet(content: str, head: str = "") -> bytes:
    return f"{head}{META}{RDF}{content}</rdf:RDF></x:xmpmeta>".encode()


def written(content: str) -> str:
    return read_packet(packet(content), "a.xmp").to_bytes().decode()


def test_what_is_written_says_the_same_again() -> None:
    content = "<a:b xmlns:a='urn:a' a:c='1' xml:lang='de'>Größe &amp; Maß </a:b><!--d--><?e f?>"
    once = written(content)
    for part in ('<a:b a:c="1" xml:lang="de">Größe &amp; Maß </a:b>', "<!--d-->", "<?e f?>"):
        assert part in once
    assert read_packet(once.encode(), "a.xmp").to_bytes().decode() == once


def test_nothing_at_all_is_an_empty_packet() -> None:
    assert list(read_packet(b" \n", "a.xmp").rdf) == []


def test_two_meanings_of_a_prefix_and_a_namespace_without_one_stay_apart() -> None:
    once = written("<a:b xmlns:a='urn:1'/><a:b xmlns:a='urn:2'/><b xmlns='urn:3'/><b/>")
    root = read_packet(once.encode(), "a.xmp").rdf
    assert [child.tag for child in root] == ["{urn:1}b", "{urn:2}b", "{urn:3}b", "b"]


def test_a_prefix_that_visage_uses_may_mean_something_else() -> None:
    once = written("<visage:b xmlns:visage='urn:1'/><c:d xmlns:c='urn:visage:xmp:face:1.0/'/>")
    root = read_packet(once.encode(), "a.xmp").rdf
    assert [child.tag for child in root] == ["{urn:1}b", "{urn:visage:xmp:face:1.0/}d"]


def test_a_packet_leaves_nothing_behind_for_the_next() -> None:
    written("<mwg-rs:b xmlns:mwg-rs='urn:other'/>")
    assert "<c:b" in written(
        "<c:b xmlns:c='http://www.metadataworkinggroup.com/schemas/regions/'/>"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packet("<a>" * 120 + "</a>" * 120), "nested more than 100 deep"),
        (packet("<a/>" * 100_001), "more than 100,000 elements"),
        (packet("<a " + " ".join(f"b{n}=''" for n in range(100_001)) + "/>"), "more than 100,000"),
        (
            packet("".join(f"<a xmlns:p{n}='urn:{n}'/>" for n in range(60_000))),
            "more than 100,000",
        ),
        (packet("", "<!DOCTYPE x>"), "holds a DTD"),
        (packet("&a;", "<!DOCTYPE x [<!ENTITY a 'b'>]>"), "holds a DTD"),
        (packet("", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>"), "holds a DTD"),
        (packet("", "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://127.0.0.1/'> %a;]>"), "holds a DTD"),
        (b" " * (MAX_BYTES + 1), "larger than 16 MB"),
        (b"<svg/>", "is no XMP"),
        (packet("<a>"), "mismatched tag"),
        (packet("<a b='1' b='2'/>"), "duplicate attribute"),
        (packet("\x00"), "not well-formed"),
        ("<x/>".encode("utf-16")[:5], "could not be read"),
    ],
)
def test_what_is_no_packet_or_costs_too_much_is_a_sentence(data: bytes, reason: str) -> None:
    begun_s = time.perf_counter()
    with pytest.raises(ExportError, match=reason) as error:
        read_packet(data, "a.xmp")
    assert str(error.value).startswith("a.xmp ")
    assert str(error.value).endswith("it was left as it is.")
    assert time.perf_counter() - begun_s < 20


def test_an_encoding_of_two_bytes_is_read() -> None:
    text = packet("<a/>").decode()
    assert len(list(read_packet(text.encode("utf-16"), "a.xmp").rdf)) == 1
