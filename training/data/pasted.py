"""Pictures with one UTKFace chip pasted into each: faces whose place is known."""

import codecs
import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.batch.export.whole_file import whole_file
from core.errors import DataError
from core.faces.alignment import CHIP_SIZE_PX, warp_chip
from core.faces.similarity import apply_similarity
from core.types import Box, Image
from training.data.chip import Chip, parse_chip

TRUTH_FILE = "truth.csv"
PICTURE_PX = (800, 600)

FACE_CENTRE_PX = (100.5, 104.0)
FACE_SIDE_PX = 184.0
"""The square that the detector calls the face, in a chip of 200 px."""

_FEATHER_SHARE = 0.06
"""Width of the soft edge of a pasted chip, as a share of its side."""


@dataclass(frozen=True, slots=True)
class PastedChip:
    """One picture and the face in it.

    Attributes:
        picture: name of the picture's file.
        chip: name of the chip's file.
        left: and `top`, `right`, `bottom`: the face's upright square in picture px.
        a: and `b`, `x`, `y`: the similarity [[a, -b, x], [b, a, y]] from px of the 200 px chip
            to px of the picture, in continuous coordinates.
    """

    picture: str
    chip: str
    age_years: int
    is_female: bool
    left: float
    top: float
    right: float
    bottom: float
    a: float
    b: float
    x: float
    y: float

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)

    @property
    def chip_to_picture(self) -> NDArray[np.float64]:
        """The similarity of shape (2, 3)."""
        return np.array([[self.a, -self.b, self.x], [self.b, self.a, self.y]])


def paste_chips(
    chip_paths: Sequence[Path],
    out_dir: Path,
    count: int,
    seed: int,
    face_px: tuple[int, int] = (120, 400),
    max_turn_degrees: float = 12.0,
    picture_px: tuple[int, int] = PICTURE_PX,
    feather: bool = True,
    suffix: str = ".png",
) -> tuple[PastedChip, ...]:
    """Make `count` pictures of different chips on soft backgrounds, and truth.csv beside them.

    Every choice follows from `seed`. A chip's side, its turn and its place are drawn evenly; it
    stays inside the picture. `face_px` of (200, 200) with no turn pastes chips at their own
    size, px for px.

    Args:
        face_px: smallest and largest side of a chip in a picture.
        picture_px: width and height of the pictures.
        feather: whether a chip's edge fades into the background.
        suffix: `.png`, or `.jpg` for JPEG of quality 90.

    Raises:
        DataError: if the pictures are too small for the faces, or there are fewer chips with an
            exact age and a gender than `count`.
        ExportError: if a picture cannot be written; of that one nothing is left.
    """
    labelled = [chip for path in chip_paths if (chip := parse_chip(path)) is not None]
    chips = [c for c in labelled if c.age_years is not None and c.is_female is not None]
    if len(chips) < count:
        raise DataError(f"{count} pictures need as many chips; there are {len(chips)}.")
    turn = math.radians(max_turn_degrees)
    if face_px[1] * (math.cos(turn) + math.sin(turn)) > min(picture_px):
        width, height = picture_px
        raise DataError(
            f"Pictures of {width} x {height} px have no room for {face_px[1]} px faces."
        )
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(chips), count, replace=False)
    out_dir.mkdir(parents=True, exist_ok=True)
    pasted = []
    for number, index in enumerate(chosen):
        to_picture = draw_similarity(rng, face_px, max_turn_degrees, picture_px)
        background = make_background(rng, *picture_px)
        picture = paste_chip(read_chip(chips[index].path), background, to_picture, feather)
        truth = _truth_of(chips[index], f"{number:05d}{suffix}", to_picture)
        bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
        quality = [cv2.IMWRITE_JPEG_QUALITY, 90] if suffix == ".jpg" else []
        _, encoded = cv2.imencode(suffix, bgr, quality)
        with whole_file(out_dir / truth.picture) as stream:
            stream.write(encoded.tobytes())
        pasted.append(truth)
    _write_truth(pasted, out_dir / TRUTH_FILE)
    return tuple(pasted)


def read_truth(folder: Path) -> tuple[PastedChip, ...]:
    """What `paste_chips` wrote beside its pictures.

    Raises:
        DataError: if there is no truth.csv.
    """
    try:
        with (folder / TRUTH_FILE).open(encoding="utf-8", newline="") as file:
            return tuple(_truth_from(row) for row in csv.DictReader(file))
    except FileNotFoundError:
        raise DataError(f"{folder} has no {TRUTH_FILE}; `paste` makes one.") from None


def paste_chip(
    chip: Image, background: Image, chip_to_picture: NDArray[np.float64], feather: bool = True
) -> Image:
    """A copy of `background` with `chip` at its similarity of shape (2, 3)."""
    side = chip.shape[0]
    corners = np.array([[0, 0], [side, 0], [0, side], [side, side]])
    reached = apply_similarity(chip_to_picture, corners)
    left, top = np.maximum(np.floor(reached.min(axis=0)).astype(int), 0).tolist()
    size_px = math.ceil((reached.max(axis=0) - (left, top)).max())
    to_region = chip_to_picture - [[0, 0, left], [0, 0, top]]
    picture = background.copy()
    region = picture[top : top + size_px, left : left + size_px]
    height, width = region.shape[:2]
    layer = warp_chip(chip, to_region, size_px)[:height, :width].astype(np.float32)
    mask = _warp_mask(_opacity(side, feather), to_region, (width, height))[..., None]
    region[:] = np.rint(region + mask * (layer - region))
    return picture


def make_background(rng: Generator, width_px: int, height_px: int) -> Image:
    """A soft background: even, a gradient, clouds, or blurred blobs, with a little grain."""
    makers = (_flat, _gradient, _clouds, _blobs)
    soft = makers[int(rng.integers(len(makers)))](rng, width_px, height_px)
    grain = rng.normal(0.0, rng.uniform(0.0, 4.0), (height_px, width_px, 1))
    return np.asarray(np.clip(np.rint(soft + grain), 0, 255), np.uint8)


def draw_similarity(
    rng: Generator,
    face_px: tuple[int, int],
    max_turn_degrees: float,
    picture_px: tuple[int, int],
) -> NDArray[np.float64]:
    """Chip px to picture px; whole px of shift, so that an unturned 200 px chip stays sharp."""
    side_px = float(rng.integers(face_px[0], face_px[1], endpoint=True))
    turn = math.radians(rng.uniform(-max_turn_degrees, max_turn_degrees))
    scale = side_px / CHIP_SIZE_PX
    a, b = scale * math.cos(turn), scale * math.sin(turn)
    extent_px = side_px * (abs(math.cos(turn)) + abs(math.sin(turn)))
    left, top = (round(float(rng.uniform(0, max(length - extent_px, 0)))) for length in picture_px)
    centre = CHIP_SIZE_PX / 2
    x = left + extent_px / 2 - (a * centre - b * centre)
    y = top + extent_px / 2 - (b * centre + a * centre)
    return np.array([[a, -b, x], [b, a, y]])


def truth_box(chip_to_picture: NDArray[np.float64]) -> Box:
    """The face's upright square in a picture where a chip stands at a similarity."""
    x, y = (chip_to_picture[:, :2] @ FACE_CENTRE_PX + chip_to_picture[:, 2]).tolist()
    half = FACE_SIDE_PX / 2 * math.hypot(chip_to_picture[0, 0], chip_to_picture[1, 0])
    return Box(x - half, y - half, x + half, y + half)


def _truth_of(chip: Chip, picture: str, to_picture: NDArray[np.float64]) -> PastedChip:
    assert chip.age_years is not None and chip.is_female is not None
    box = truth_box(to_picture)
    return PastedChip(
        picture=picture,
        chip=chip.name,
        age_years=chip.age_years,
        is_female=chip.is_female,
        left=box.left,
        top=box.top,
        right=box.right,
        bottom=box.bottom,
        a=float(to_picture[0, 0]),
        b=float(to_picture[1, 0]),
        x=float(to_picture[0, 2]),
        y=float(to_picture[1, 2]),
    )


def _write_truth(pasted: Iterable[PastedChip], path: Path) -> None:
    names = [field.name for field in fields(PastedChip)]
    with whole_file(path) as stream:
        writer = csv.writer(codecs.getwriter("utf-8")(stream))
        writer.writerow(names)
        for truth in pasted:
            writer.writerow([getattr(truth, name) for name in names])


def _truth_from(row: dict[str, str]) -> PastedChip:
    return PastedChip(
        picture=row["picture"],
        chip=row["chip"],
        age_years=int(row["age_years"]),
        is_female=row["is_female"] == "True",
        **{
            name: float(row[name])
            for name in ("left", "top", "right", "bottom", "a", "b", "x", "y")
        },
    )


def read_chip(path: Path) -> Image:
    """A chip's pixels.

    Raises:
        DataError: if the file cannot be read.
    """
    image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if image is None:
        raise DataError(f"The chip {path} cannot be read.")
    return np.asarray(image, np.uint8)


def _opacity(side_px: int, feather: bool) -> NDArray[np.float32]:
    """1 inside a chip, falling to 0 at its edge, of shape (side_px, side_px)."""
    if not feather:
        return np.ones((side_px, side_px), np.float32)
    from_edge = np.minimum(np.arange(side_px) + 0.5, side_px - np.arange(side_px) - 0.5)
    ramp = np.clip(from_edge / (_FEATHER_SHARE * side_px), 0.0, 1.0)
    return np.asarray(np.minimum(ramp[:, None], ramp[None, :]), np.float32)


def _warp_mask(
    mask: NDArray[np.float32], transform: NDArray[np.float64], size_px: tuple[int, int]
) -> NDArray[np.float32]:
    centred = transform.copy()
    centred[:, 2] += transform[:, :2] @ (0.5, 0.5) - 0.5
    return np.asarray(cv2.warpAffine(mask, centred, size_px, flags=cv2.INTER_LINEAR), np.float32)


def _colour(rng: Generator) -> NDArray[np.float64]:
    return rng.uniform(30.0, 225.0, 3)


def _flat(rng: Generator, width_px: int, height_px: int) -> NDArray[np.float64]:
    return np.full((height_px, width_px, 3), _colour(rng))


def _gradient(rng: Generator, width_px: int, height_px: int) -> NDArray[np.float64]:
    """From one colour to another, in any direction."""
    angle = rng.uniform(0, 2 * math.pi)
    y, x = np.indices((height_px, width_px), dtype=np.float64)
    along = x * math.cos(angle) + y * math.sin(angle)
    share = ((along - along.min()) / np.ptp(along))[..., None]
    return np.asarray(_colour(rng) * (1 - share) + _colour(rng) * share)


def _clouds(rng: Generator, width_px: int, height_px: int) -> NDArray[np.float64]:
    """Coarse noise of some px, enlarged smoothly."""
    cells = int(rng.integers(3, 12))
    coarse = rng.uniform(20.0, 235.0, (cells, cells, 3))
    clouds = cv2.resize(coarse, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    return np.asarray(clouds, np.float64)


def _blobs(rng: Generator, width_px: int, height_px: int) -> NDArray[np.float64]:
    """Out-of-focus discs on an even ground."""
    canvas = _flat(rng, width_px, height_px)
    for _ in range(int(rng.integers(4, 16))):
        centre = (int(rng.integers(width_px)), int(rng.integers(height_px)))
        radius_px = int(rng.uniform(0.03, 0.2) * width_px)
        cv2.circle(canvas, centre, radius_px, _colour(rng).tolist(), -1)
    return np.asarray(cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.008, 0.03) * width_px))
