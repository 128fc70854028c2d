"""How many hard faces the photo search finds, and what it invents where there are none."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import PhotoError
from core.photo_labelling import FaceSearch
from core.sources.photo import read_photo
from core.types import Box, Image
from training.data.pasted import draw_similarity, make_background, paste_chip, truth_box
from training.measuring.hard_faces import EDGES, KINDS, cut_off

SHEET_FACES = 60
SHEET_PX = (20, 32, 60)
"""Sides of the chips on sheets of `SHEET_FACES`, with gaps of half a chip."""

PICTURE_PX = (640, 480)
FACE_PX = (60, 300)
MIN_OVERLAP = 0.3
"""Intersection over union with the true face from which a detection counts as that face."""

_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found of one kind of faces.

    Attributes:
        false_count: detections that are none of the faces.
    """

    kind: str
    face_count: int
    found_count: int
    false_count: int


def check_search(
    search: FaceSearch,
    images: NDArray[np.uint8],
    faceless: Sequence[Path],
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _count: None,
) -> list[Finds]:
    """Search sheets, single faces of each hard kind, cut ones, and pictures without a face.

    Args:
        images: chips, shape (N, 200, 200, 3).
        faceless: pictures without a face.
        progress: is told how many of how many pictures are done.
    """
    scenes = {
        **{f"sheets of {px} px": _sheets(images, px, seed) for px in SHEET_PX},
        **{kind: _singles(images, kind, seed) for kind in KINDS},
        **{f"cut at the {edge}": _cut(images, edge, seed) for edge in EDGES},
        "no face": _faceless(faceless),
    }
    sheets = len(SHEET_PX) * (len(images) // SHEET_FACES)
    count = sheets + (len(KINDS) + len(EDGES)) * len(images) + len(faceless)
    done = itertools.count(1)

    def told(shown: Iterator[Scene]) -> Iterator[Scene]:
        for scene in shown:
            yield scene
            progress(next(done), count)

    return [_finds(search, kind, told(shown)) for kind, shown in scenes.items()]


def search_table(finds: Sequence[Finds]) -> str:
    """One line a kind."""
    return "\n".join(
        f"{one.kind:>26}: {one.found_count} of {one.face_count} found"
        f" ({one.found_count / max(one.face_count, 1):.1%}), {one.false_count} false"
        for one in finds
    )


Scene = tuple[Image, Sequence[Box]]


def _finds(search: FaceSearch, kind: str, scenes: Iterator[Scene]) -> Finds:
    faces = found = false = 0
    for picture, truths in scenes:
        boxes = [_within(face.box, picture) for face in search.detect_photo(picture)]
        hits = sum(
            any(box.intersection_over_union(truth) >= MIN_OVERLAP for box in boxes)
            for truth in (_within(truth, picture) for truth in truths)
        )
        faces, found = faces + len(truths), found + hits
        false += max(0, len(boxes) - hits)
    return Finds(kind, faces, found, false)


def _within(box: Box, picture: Image) -> Box:
    height, width = picture.shape[:2]
    return Box(max(0, box.left), max(0, box.top), min(width, box.right), min(height, box.bottom))


def _sheets(images: NDArray[np.uint8], px: int, seed: int) -> Iterator[Scene]:
    rng = np.random.default_rng(seed)
    cell, scale = round(1.5 * px), px / images.shape[1]
    for start in range(0, len(images) - SHEET_FACES + 1, SHEET_FACES):
        sheet = make_background(rng, _COLUMNS * cell, SHEET_FACES // _COLUMNS * cell)
        truths = []
        for index, chip in enumerate(images[start : start + SHEET_FACES]):
            row, column = divmod(index, _COLUMNS)
            left, top = column * cell + px // 4, row * cell + px // 4
            to_sheet = np.array([[scale, 0.0, left], [0.0, scale, top]])
            sheet = paste_chip(chip, sheet, to_sheet, feather=False)
            truths.append(truth_box(to_sheet))
        yield sheet, truths


def _singles(images: NDArray[np.uint8], kind: str, seed: int) -> Iterator[Scene]:
    rng = np.random.default_rng(seed)
    for chip in images:
        to_picture = draw_similarity(rng, FACE_PX, 10.0, PICTURE_PX)
        background = make_background(rng, *PICTURE_PX)
        yield paste_chip(KINDS[kind](chip, rng), background, to_picture), [truth_box(to_picture)]


def _cut(images: NDArray[np.uint8], edge: str, seed: int) -> Iterator[Scene]:
    rng = np.random.default_rng(seed)
    for chip in images:
        to_picture = draw_similarity(rng, FACE_PX, 0.0, PICTURE_PX)
        picture = paste_chip(chip, make_background(rng, *PICTURE_PX), to_picture)
        cut, left_over = cut_off(picture, truth_box(to_picture), EDGES.index(edge))
        yield cut, [left_over]


def _faceless(paths: Sequence[Path]) -> Iterator[Scene]:
    for path in paths:
        try:
            yield read_photo(path).image, ()
        except PhotoError:
            continue
