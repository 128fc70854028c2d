"""Reads and extends ONNX files, of whose protobuf messages it knows the few fields that it needs.

The numbers of the fields are those of onnx/onnx.proto; the encoding is that of protobuf
(https://protobuf.dev/programming-guides/encoding). The package `onnx` is as large as Visage's
models together, and only training needs it: docs/adr/0020.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError

_GRAPH = 7  # of a ModelProto
_NODE, _INITIALIZER, _OUTPUT = 1, 5, 12  # of a GraphProto
_INPUT_NAME, _OUTPUT_NAME, _OPERATOR = 1, 2, 4  # of a NodeProto
_DIMENSION, _DATA_TYPE, _TENSOR_NAME, _RAW_DATA = 1, 2, 8, 9  # of a TensorProto
_VALUE_NAME, _VALUE_TYPE = 1, 2  # of a ValueInfoProto
_TENSOR_TYPE, _ELEMENT_TYPE, _SHAPE, _SIDE = 1, 1, 2, 1  # of its TypeProto
_FLOAT, _INT64 = 1, 7
_VARINT, _BYTES = 0, 2

Field = tuple[int, int | bytes]
"""The number of a field, and what it holds."""


@dataclass(frozen=True, slots=True)
class Node:
    """One operator, which needs no attributes, with the names of what it takes and gives."""

    operator: str
    inputs: tuple[str, ...]
    output: str


@dataclass(frozen=True, slots=True)
class OnnxGraph:
    """A model's file, as its fields.

    Attributes:
        model: the fields of the model besides the graph.
        graph: the fields of the graph.
    """

    model: tuple[Field, ...]
    graph: tuple[Field, ...] = field(repr=False)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Raises ModelError if `data` is no ONNX file."""
        try:
            fields = tuple(_fields(data))
            (graph,) = (value for number, value in fields if number == _GRAPH)
            rest = tuple(each for each in fields if each[0] != _GRAPH)
            return cls(rest, tuple(_fields(_as_bytes(graph))))
        except (ValueError, IndexError) as error:
            raise ModelError("The model file is no ONNX file that can be extended.") from error

    def to_bytes(self) -> bytes:
        return _encoded((*self.model, (_GRAPH, _encoded(self.graph))))

    def names_of_results(self) -> frozenset[str]:
        """What the graph's nodes give."""
        return frozenset(name for node in self._nodes() for name in _texts(node, _OUTPUT_NAME))

    def with_renamed(self, old: str, new: str) -> Self:
        """The same graph, in which the result `old` of a node is called `new`."""

        def renamed(node: bytes) -> bytes:
            return _encoded(
                [
                    (number, new.encode() if _is_name(number, value, old) else value)
                    for number, value in _fields(node)
                ]
            )

        return self._with_graph(
            [
                (number, renamed(_as_bytes(value)) if number == _NODE else value)
                for number, value in self.graph
            ]
        )

    def with_nodes(self, nodes: Sequence[Node]) -> Self:
        """The same graph with more nodes at its end."""
        added = [
            (
                _NODE,
                _encoded(
                    [
                        *((_INPUT_NAME, name.encode()) for name in node.inputs),
                        (_OUTPUT_NAME, node.output.encode()),
                        (_OPERATOR, node.operator.encode()),
                    ]
                ),
            )
            for node in nodes
        ]
        return self._with_graph([*self.graph, *added])

    def with_constant(self, name: str, values: NDArray[np.float32] | NDArray[np.int64]) -> Self:
        """The same graph with an array in it that nodes may take."""
        kind = _INT64 if values.dtype == np.int64 else _FLOAT
        stored = values.astype("<i8" if kind == _INT64 else "<f4")
        tensor = [
            *((_DIMENSION, side) for side in values.shape),
            (_DATA_TYPE, kind),
            (_TENSOR_NAME, name.encode()),
            (_RAW_DATA, stored.tobytes()),
        ]
        return self._with_graph([*self.graph, (_INITIALIZER, _encoded(tensor))])

    def with_output(self, name: str) -> Self:
        """The same graph, which gives a result of a node, float32 of (N, K), to its users."""
        sides = _encoded([(_SIDE, b""), (_SIDE, b"")])
        kind = _encoded([(_TENSOR_TYPE, _encoded([(_ELEMENT_TYPE, _FLOAT), (_SHAPE, sides)]))])
        output = _encoded([(_VALUE_NAME, name.encode()), (_VALUE_TYPE, kind)])
        return self._with_graph([*self.graph, (_OUTPUT, output)])

    def _nodes(self) -> Iterator[bytes]:
        return (_as_bytes(value) for number, value in self.graph if number == _NODE)

    def _with_graph(self, graph: Sequence[Field]) -> Self:
        return replace(self, graph=tuple(graph))


def _is_name(number: int, value: int | bytes, name: str) -> bool:
    return number in (_INPUT_NAME, _OUTPUT_NAME) and value == name.encode()


def _texts(message: bytes, number: int) -> Iterator[str]:
    return (_as_bytes(value).decode() for each, value in _fields(message) if each == number)


def _as_bytes(value: int | bytes) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("a number where a message was expected")
    return value


def _fields(message: bytes) -> Iterator[Field]:
    """Raises ValueError or IndexError where it is no message of these kinds of fields."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, kind = tag >> 3, tag & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield number, value
        elif kind == _BYTES:
            length, at = _varint(message, at)
            if at + length > len(message):
                raise ValueError("a field that ends beyond its message")
            yield number, message[at : at + length]
            at += length
        else:
            raise ValueError(f"a field of kind {kind}")


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _encoded(fields: Sequence[Field]) -> bytes:
    parts: list[bytes] = []
    for number, value in fields:
        if isinstance(value, bytes):
            parts += _encoded_varint(number << 3 | _BYTES), _encoded_varint(len(value)), value
        else:
            parts += _encoded_varint(number << 3 | _VARINT), _encoded_varint(value)
    return b"".join(parts)


def _encoded_varint(value: int) -> bytes:
    coded = bytearray()
    while value > 0x7F:
        coded.append(value & 0x7F | 0x80)
        value >>= 7
    coded.append(value)
    return bytes(coded)
