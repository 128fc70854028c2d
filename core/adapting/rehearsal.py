"""What a model knew before it learns anew: figures of faces of known age, without their pictures.

A file beside the model, made by `python -m training rehearsal`. Of each face it holds the style of
its picture, its age, and what the model says of it: nothing by which a person could be known.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.adapting.picture_style import STYLE_LIMIT, StyleReading
from core.errors import ModelError
from core.estimation.model_card import ONNX_FILE
from core.estimation.model_folder import ModelFolder

REHEARSAL_FILE = "rehearsal.npz"
_MAX_BYTES = 20_000_000
_STYLE_STEPS = 127 / STYLE_LIMIT


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """What learning needs of faces, N of them.

    Attributes:
        styles: float32 of shape (N, K); see `picture_style`.
        estimated_years: what the published model says, (N,).
        spread_years: the standard deviation of its distribution, (N,).
        true_years: what a person says, (N,).
    """

    styles: NDArray[np.float32]
    estimated_years: NDArray[np.float64]
    spread_years: NDArray[np.float64]
    true_years: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.true_years)

    def part(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "Faces":
        """Some of them."""
        return Faces(
            self.styles[chosen],
            self.estimated_years[chosen],
            self.spread_years[chosen],
            self.true_years[chosen],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """The faces on which a model must not become worse, and how to read the style of others.

    Attributes:
        model_sha256: of the model's ONNX file, hexadecimal.
        source: the collection, and which part of it.
        bin_count: of the model's distribution of ages.
    """

    model_sha256: str
    source: str
    bin_count: int
    reading: StyleReading
    faces: Faces

    def write(self, folder: Path) -> None:
        """Write `folder`/rehearsal.npz."""
        faces, reading = self.faces, self.reading
        np.savez_compressed(
            folder / REHEARSAL_FILE,
            model_sha256=np.array(self.model_sha256),
            source=np.array(self.source),
            bin_count=np.array(self.bin_count),
            layer=np.array(reading.layer),
            of_means=reading.of_means,
            of_deviations=reading.of_deviations,
            offset=reading.offset,
            styles=np.rint(faces.styles * _STYLE_STEPS).astype(np.int8),
            estimated_years=faces.estimated_years.astype(np.float32),
            spread_years=faces.spread_years.astype(np.float32),
            true_years=faces.true_years.astype(np.float32),
        )


def has_rehearsal(folder: ModelFolder) -> bool:
    """Whether a model comes with what it needs to learn."""
    return (folder.path / REHEARSAL_FILE).is_file()


def read_rehearsal(folder: ModelFolder) -> Rehearsal:
    """The rehearsal of a model.

    Raises:
        ModelError: if it has none, or one of another model, or one that makes no sense.
    """
    path = folder.path / REHEARSAL_FILE
    if not has_rehearsal(folder):
        raise ModelError(f"The model {folder.card.name} comes without {REHEARSAL_FILE}.")
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            rehearsal = _rehearsal_of(arrays)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"The file {path} cannot be understood ({error}).") from error
    if rehearsal.model_sha256 != folder.card.sha256.get(ONNX_FILE):
        raise ModelError(f"The file {path} belongs to another model than the one beside it.")
    return rehearsal


def _rehearsal_of(arrays: Any) -> Rehearsal:
    """Raises ValueError or KeyError where an array is missing or of another shape."""
    reading = StyleReading(
        str(arrays["layer"]), arrays["of_means"], arrays["of_deviations"], arrays["offset"]
    )
    faces = Faces(
        (arrays["styles"] / _STYLE_STEPS).astype(np.float32),
        arrays["estimated_years"].astype(np.float64),
        arrays["spread_years"].astype(np.float64),
        arrays["true_years"].astype(np.float64),
    )
    style_size = len(reading.offset)
    shapes = {reading.of_means.shape, reading.of_deviations.shape}
    columns = faces.estimated_years, faces.spread_years, faces.true_years
    is_sound = (
        len(shapes) == 1
        and reading.of_means.shape[1:] == (style_size,)
        and faces.styles.shape == (len(faces), style_size)
        and all(column.shape == (len(faces),) for column in columns)
        and len(faces) > 0
    )
    if not is_sound:
        raise ValueError("its arrays do not fit together")
    return Rehearsal(
        str(arrays["model_sha256"]),
        str(arrays["source"]),
        int(arrays["bin_count"]),
        reading,
        faces,
    )
