from itertools import islice

import numpy as np
import pytest

from core.types import Image
from tests.fakes import make_image
from training.data.street import (
    GREATEST_FACE_PX,
    LEAST_FACE_PX,
    NOBODY,
    SCENE_S,
    Walker,
    _visible_share,
    draw_walker,
    street_frames,
)
from training.data.street_drawing import STREET_PX, Look, Place, draw_person, draw_post

RED = make_image((250, 0, 0), size=(200, 200))
GREEN = make_image((0, 250, 0), size=(200, 200))
BLUE = make_image((0, 0, 250), size=(200, 200))


def redness(picture: Image) -> float:
    """How much redder than green and blue a picture is."""
    red, green, blue = picture.reshape(-1, 3).mean(axis=0)
    return float(red - max(green, blue))


def test_a_seen_face_stands_where_its_head_is() -> None:
    for shown in islice(street_frames([RED], seed=1), 0, 250, 25):
        (head,) = shown.heads
        x, y = map(round, head.box.centre)
        patch = shown.frame.image[y - 6 : y + 6, x - 6 : x + 6]
        if head.is_seen:
            assert redness(patch) > 80
            assert LEAST_FACE_PX <= head.box.height <= GREATEST_FACE_PX
        else:
            assert redness(patch) < 80 or head.box.height < LEAST_FACE_PX


def test_frames_follow_each_other_a_twenty_fifth_of_a_second_apart() -> None:
    frames = [shown.frame for shown in islice(street_frames([RED], seed=0), 3)]
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert [frame.time_s for frame in frames] == pytest.approx([0, 0.04, 0.08])
    assert frames[0].image.shape == (1080, 1920, 3)


def test_a_seed_makes_the_same_street() -> None:
    first, second, other = (next(street_frames([RED, BLUE], seed)) for seed in (4, 4, 5))
    np.testing.assert_array_equal(first.frame.image, second.frame.image)
    assert first.heads == second.heads
    assert first.heads != other.heads


def test_a_walker_goes_evenly_through_space() -> None:
    """Half-way in time, who comes from twice the distance has gone half of that distance."""
    walker = Walker((Place(0, 100, 400, 30), Place(4, 500, 400, 60)), (2.0, 2.5))
    middle = walker.place(2.0)
    assert middle.side_px == pytest.approx(40)
    assert middle.x == pytest.approx((100 / 30 + 500 / 60) / 2 * 40)
    assert [walker.is_turned_away(time_s) for time_s in (1.9, 2.0, 2.5)] == [False, True, False]


def test_one_kind_of_walker_leaves_the_picture_and_comes_back() -> None:
    for seed in range(8):
        walker = draw_walker(np.random.default_rng(seed), number=3)
        xs = [walker.place(time_s).x for time_s in np.arange(0, SCENE_S, 0.04)]
        is_inside = [0 < x < STREET_PX[0] for x in xs]
        changes = np.flatnonzero(np.diff(is_inside))
        assert is_inside[0]
        assert is_inside[-1]
        assert len(changes) == 2
        assert 0.5 < (changes[1] - changes[0]) * 0.04 < 2.0


def test_who_stands_in_front_hides_who_is_behind() -> None:
    canvas = make_image((120, 120, 120), size=STREET_PX)
    owners = np.full(canvas.shape[:2], NOBODY, np.int16)
    looks = [Look(chip, (90, 90, 90), blur_px=0.5, light=1.0) for chip in (RED, GREEN)]
    places = [Place(0, 800, 400, 50), Place(0, 810, 390, 80)]
    for number, (look, place) in enumerate(zip(looks, places, strict=True)):
        region, covered = draw_person(canvas, look, place, place, is_turned_away=False)
        owners[region][covered] = number
    from training.data.pasted import truth_box
    from training.data.street_drawing import chip_to_picture

    shares = [
        _visible_share(truth_box(chip_to_picture(place)), owners, number)
        for number, place in enumerate(places)
    ]
    assert shares[0] < 0.1
    assert shares[1] > 0.95
    owners[draw_post(canvas, 810, 90)] = NOBODY
    assert _visible_share(truth_box(chip_to_picture(places[1])), owners, 1) == 0


def test_who_has_turned_away_shows_no_face() -> None:
    look, place = Look(RED, (90, 90, 90), blur_px=0.5, light=1.0), Place(0, 800, 400, 60)
    for is_turned_away in (False, True):
        canvas = make_image((120, 120, 120), size=STREET_PX)
        draw_person(canvas, look, place, place, is_turned_away)
        assert (redness(canvas[390:410, 790:810]) > 200) is not is_turned_away
