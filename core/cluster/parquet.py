"""Rows as Parquet, with the columns of the CSV; the only file that imports pyarrow."""

import io
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from core.batch.export.csv_file import COLUMNS, TEXT_COLUMNS, Row


def to_parquet(rows: Iterable[Row]) -> bytes:
    """A file of these rows: texts as they are in the CSV, numbers as numbers, empty ones null."""
    fields = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    arrays = [_array(name, column) for name, column in zip(COLUMNS, fields, strict=True)]
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, list(COLUMNS)), stream, compression="zstd")
    return stream.getvalue()


def _array(name: str, column: Iterable[str]) -> Any:
    if name in TEXT_COLUMNS:
        return pa.array(list(column), pa.string())
    if name == "face":
        return pa.array([int(field) if field else None for field in column], pa.int32())
    return pa.array([float(field) if field else None for field in column], pa.float64())
