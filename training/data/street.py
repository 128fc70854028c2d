"""A made-up street: people with chips for faces who walk, cross, hide, leave and come back.

Nobody's face is large, 30 to 90 px in 1920 x 1080, and where each one is, is known.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from core.types import Box, Frame, Image
from training.data.pasted import truth_box
from training.data.street_drawing import (
    STREET_PX,
    Look,
    Place,
    chip_to_picture,
    draw_grain,
    draw_person,
    draw_post,
    make_street,
    shoot,
)

FRAMES_PER_S = 25
SCENE_S = 10.0
WALKER_COUNT = 8
POST_COUNT = 2
NOBODY = -1

LEAST_FACE_PX, GREATEST_FACE_PX = 30, 90

_VISIBLE_SHARE = 0.7
"""A face of which less can be seen is hidden."""

_OVAL_SHARE = 0.85
"""Of the square around a face, what is face."""

_STEPS_PER_S = 2.0
_BOB = 0.06
"""How far a head rises and falls with each step, in sides of the face."""

_WIDTH_PX, _HEIGHT_PX = STREET_PX


@dataclass(frozen=True, slots=True)
class Walker:
    """One person.

    Attributes:
        way: places in order of time; between them the person walks evenly through space, where
            distance is the inverse of the face's side.
        turned_away_s: from when to when only hair is seen of the head.
    """

    way: tuple[Place, ...]
    turned_away_s: tuple[float, float]

    def place(self, time_s: float) -> Place:
        """Where the head is, bobbing."""
        times = [place.time_s for place in self.way]
        space = [(1 / p.side_px, p.x / p.side_px, p.y / p.side_px) for p in self.way]
        distance, x, y = (
            float(np.interp(time_s, times, axis)) for axis in zip(*space, strict=True)
        )
        y += _BOB * math.sin(2 * math.pi * _STEPS_PER_S * (time_s - self.turned_away_s[0]))
        return Place(time_s, x / distance, y / distance, 1 / distance)

    def is_turned_away(self, time_s: float) -> bool:
        start_s, end_s = self.turned_away_s
        return start_s <= time_s < end_s


@dataclass(frozen=True, slots=True)
class Head:
    """Where a frame has a head.

    Attributes:
        walker: whose it is, by the order of the scene.
        is_seen: whether its face can be seen, and has `LEAST_FACE_PX` and more.
    """

    walker: int
    box: Box
    is_seen: bool


@dataclass(frozen=True, slots=True, eq=False)
class StreetFrame:
    """A frame and the heads in it."""

    frame: Frame
    heads: tuple[Head, ...]


def street_frames(chips: Sequence[Image], seed: int) -> Iterator[StreetFrame]:
    """One scene of `SCENE_S` seconds; every choice follows from `seed`.

    Args:
        chips: faces of different people, each (200, 200, 3), `WALKER_COUNT` or fewer.
    """
    rng = np.random.default_rng(seed)
    street = make_street(rng)
    walkers = [draw_walker(rng, number) for number in range(len(chips))]
    looks = [Look.draw(rng, chip) for chip in chips]
    posts = [_draw_post_place(rng) for _ in range(POST_COUNT)]
    grain = draw_grain(rng)
    for index in range(round(SCENE_S * FRAMES_PER_S)):
        time_s = index / FRAMES_PER_S
        canvas, owners = street.copy(), np.full(street.shape[:2], NOBODY, np.int16)
        places = [walker.place(time_s) for walker in walkers]
        for number in np.argsort([place.side_px for place in places]).tolist():
            walker, next_place = walkers[number], walkers[number].place(time_s + 1 / FRAMES_PER_S)
            region, covered = draw_person(
                canvas, looks[number], places[number], next_place, walker.is_turned_away(time_s)
            )
            owners[region][covered] = number
        for x, width in posts:
            owners[draw_post(canvas, x, width)] = NOBODY
        heads = tuple(_heads(walkers, places, owners))
        yield StreetFrame(Frame(shoot(rng, canvas, grain), index, time_s), heads)


def draw_walker(rng: Generator, number: int) -> Walker:
    """Every second person comes nearer, the others cross, of whom every second one comes back."""
    draw_way = (_coming, _crossing, _coming, _coming_back)[number % 4]
    away_s = float(rng.uniform(2.0, SCENE_S - 2.0))
    return Walker(draw_way(rng), (away_s, away_s + float(rng.uniform(0.3, 1.0))))


def _coming(rng: Generator) -> tuple[Place, ...]:
    """From afar to near."""
    x, drift = float(rng.uniform(0.2, 0.8)), float(rng.uniform(-0.15, 0.15))
    far_y, far_px = float(rng.uniform(400, 480)), float(rng.uniform(28, 40))
    near_y, near_px = float(rng.uniform(250, 450)), float(rng.uniform(60, GREATEST_FACE_PX))
    return (
        Place(0.0, _WIDTH_PX * x, far_y, far_px),
        Place(SCENE_S, _WIDTH_PX * (x + drift), near_y, near_px),
    )


def _crossing(rng: Generator) -> tuple[Place, ...]:
    """From one side to the other in seven seconds."""
    side_px, y = float(rng.uniform(40, GREATEST_FACE_PX)), float(rng.uniform(300, 500))
    left, right = -side_px, _WIDTH_PX + side_px
    start, end = (left, right) if rng.random() < 0.5 else (right, left)
    start_s = float(rng.uniform(0.0, 2.0))
    return Place(start_s, start, y, side_px), Place(start_s + 7.0, end, y, side_px)


def _coming_back(rng: Generator) -> tuple[Place, ...]:
    """To the edge, out for a second or so, and back."""
    side_px, y = float(rng.uniform(40, GREATEST_FACE_PX)), float(rng.uniform(300, 500))
    speed_px_per_s = 2.5 * side_px
    turn_s = float(rng.uniform(3.3, 5.6))
    outer = _WIDTH_PX + side_px / 2 + float(rng.uniform(0.3, 0.6)) * speed_px_per_s
    way = (
        Place(0.0, outer - turn_s * speed_px_per_s, y, side_px),
        Place(turn_s, outer, y, side_px),
        Place(SCENE_S, outer - (SCENE_S - turn_s) * speed_px_per_s, y, side_px),
    )
    if rng.random() < 0.5:
        return way
    return tuple(Place(place.time_s, _WIDTH_PX - place.x, y, side_px) for place in way)


def _draw_post_place(rng: Generator) -> tuple[float, float]:
    """The middle of a post, and its width."""
    return float(rng.uniform(0.1, 0.9)) * _WIDTH_PX, float(rng.uniform(50, 90))


def _heads(
    walkers: Sequence[Walker], places: Sequence[Place], owners: NDArray[np.int16]
) -> Iterator[Head]:
    """The heads in the picture; `owners` says whose each px is."""
    for number, (walker, place) in enumerate(zip(walkers, places, strict=True)):
        box = truth_box(chip_to_picture(place))
        if box.intersection_area(Box(0, 0, _WIDTH_PX, _HEIGHT_PX)) > 0:
            is_large = place.side_px >= LEAST_FACE_PX
            is_turned = walker.is_turned_away(place.time_s)
            is_open = _visible_share(box, owners, number) >= _VISIBLE_SHARE
            yield Head(number, box, is_large and is_open and not is_turned)


def _visible_share(box: Box, owners: NDArray[np.int16], number: int) -> float:
    """How much of a face is not hidden, 0-1."""
    left, top, right, bottom = (
        max(round(edge), 0) for edge in (box.left, box.top, box.right, box.bottom)
    )
    own_px = int((owners[top:bottom, left:right] == number).sum())
    return own_px / (_OVAL_SHARE * box.area)
