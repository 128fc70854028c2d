"""XMP packets: XML that anyone may have written, read within bounds and written again.

A packet is an RDF graph in XML (ISO 16684-1). What Visage does not know stays in it as it is.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import count

from core.errors import ExportError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
META = "adobe:ns:meta/"
XML = "http://www.w3.org/XML/1998/namespace"
MWG = "http://www.metadataworkinggroup.com/schemas/regions/"
AREA = "http://ns.adobe.com/xmp/sType/Area#"
DIMENSIONS = "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
VISAGE = "urn:visage:xmp:face:1.0/"

MAX_BYTES = 16_000_000
_MAX_DEPTH = 100
_MAX_NODES = 100_000
"""Elements, attributes and namespaces; a sidecar with long lists of edits has some thousand."""

_CHUNK_BYTES = 65_536
_PREFIXES = {
    RDF: "rdf",
    META: "x",
    MWG: "mwg-rs",
    AREA: "stArea",
    DIMENSIONS: "stDim",
    VISAGE: "visage",
}
_EMPTY = f'<x:xmpmeta xmlns:x="{META}"><rdf:RDF xmlns:rdf="{RDF}"/></x:xmpmeta>'.encode()
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
_END = b'\n<?xpacket end="w"?>\n'


def tag(namespace: str, name: str) -> str:
    return f"{{{namespace}}}{name}"


@dataclass(frozen=True, slots=True, eq=False)
class Packet:
    """A packet as a tree of elements.

    Attributes:
        rdf: the element with everything that is said, somewhere in `root`.
        prefixes: those of the packet, by their namespace.
    """

    root: ET.Element
    rdf: ET.Element
    prefixes: dict[str, str]

    def to_bytes(self) -> bytes:
        """A sidecar file in UTF-8."""
        names = _Names(self.prefixes)
        root = _with_prefixes(self.root, names)
        for namespace, prefix in names.prefixes.items():
            root.set(f"xmlns:{prefix}", namespace)
        ET.indent(root)
        text: bytes = ET.tostring(root, encoding="utf-8")
        return _BEGIN + text + _END


def read_packet(data: bytes, name: str) -> Packet:
    """Understand a packet; nothing at all is an empty one.

    Args:
        name: of the file, for the message.

    Raises:
        ExportError: if it is no XMP, too large, nested too deeply, or holds a DTD.
    """
    if len(data) > MAX_BYTES:
        raise ExportError(_too_large(name))
    tree = _BoundedTree()
    parser = ET.XMLParser(target=tree)
    try:
        for start in range(0, len(data), _CHUNK_BYTES):
            parser.feed(data[start : start + _CHUNK_BYTES])
        root: ET.Element = parser.close() if data.strip() else ET.fromstring(_EMPTY)
    except (ET.ParseError, ValueError, LookupError) as error:
        # The latter two: an encoding that expat cannot read, or that nobody knows.
        raise ExportError(f"{name} could not be read ({error}); it was left as it is.") from error
    rdf = root if root.tag == tag(RDF, "RDF") else root.find(tag(RDF, "RDF"))
    if rdf is None:
        raise ExportError(f"{name} is no XMP that Visage understands; it was left as it is.")
    return Packet(root, rdf, tree.prefixes)


def _too_large(name: str) -> str:
    return f"{name} is larger than {MAX_BYTES / 1e6:.0f} MB; it was left as it is."


class _BoundedTree:
    """What a parser fills: a tree of elements, and the prefixes of their namespaces.

    It refuses what no XMP needs and what could cost memory or time without end: a DTD, and so
    every entity, deep nesting, and more nodes than anyone writes.
    """

    def __init__(self) -> None:
        builder: ET.TreeBuilder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
        self._builder = builder
        self._depth = 0
        self._node_count = 0
        self.prefixes: dict[str, str] = {}
        self.data = builder.data
        self.comment = builder.comment
        self.pi = builder.pi
        self.close = builder.close

    def doctype(self, _name: str, _public_id: str | None, _system_id: str | None) -> None:
        raise ValueError("it holds a DTD")

    def start_ns(self, prefix: str, uri: str) -> None:
        self._count(1)
        self.prefixes.setdefault(uri, prefix)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count(1 + len(attributes))
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError(f"it is nested more than {_MAX_DEPTH} deep")
        self._builder.start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(name)

    def _count(self, nodes: int) -> None:
        self._node_count += nodes
        if self._node_count > _MAX_NODES:
            raise ValueError(f"it has more than {_MAX_NODES:,} elements")


class _Names:
    """Gives names their prefixes: the packet's own where it has one, one meaning for each."""

    def __init__(self, wanted: dict[str, str]) -> None:
        self._wanted = _PREFIXES | wanted
        self._taken: set[str] = set()
        self._numbers = count(1)
        self.prefixes: dict[str, str] = {}

    def prefixed(self, name: str) -> str:
        namespace, separator, local = name[1:].partition("}")
        if not (separator and name.startswith("{")):
            return name
        if namespace == XML:
            return f"xml:{local}"
        if namespace not in self.prefixes:
            self.prefixes[namespace] = self._free_prefix(namespace)
        return f"{self.prefixes[namespace]}:{local}"

    def _free_prefix(self, namespace: str) -> str:
        prefix = self._wanted.get(namespace)
        while not prefix or prefix in self._taken:
            prefix = f"ns{next(self._numbers)}"
        self._taken.add(prefix)
        return prefix


def _with_prefixes(element: ET.Element, names: _Names) -> ET.Element:
    """A copy whose names are those of the file: ElementTree would make up prefixes of its own."""
    if callable(element.tag):
        return element  # a comment or a processing instruction
    attributes = {names.prefixed(name): value for name, value in element.items()}
    copy = ET.Element(names.prefixed(element.tag), attributes)
    copy.text, copy.tail = element.text, element.tail
    copy.extend(_with_prefixes(child, names) for child in element)
    return copy
