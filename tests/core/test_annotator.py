"""Faces drawn or hidden on a copy."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.annotator import AnnotationStyle, Annotator
from core.label_writing import LabelWriting
from core.types import Box, Estimate, Face, Gender, Image

RED, BLUE, GREY, BLACK = (255, 0, 0), (0, 0, 255), (90, 90, 90), (0, 0, 0)
STYLE = AnnotationStyle(
    colours={Gender.FEMALE: RED, Gender.MALE: BLUE, Gender.UNSURE: GREY, None: GREY},
    text_colour=BLACK,
)
BOX = Box(100, 120, 220, 260)


def make_canvas() -> Image:
    return np.full((360, 480, 3), 200, np.uint8)


def make_noise() -> Image:
    return np.random.default_rng(3).integers(0, 256, (360, 480, 3), np.uint8)


def make_face(
    box: Box = BOX, gender: Gender | None = Gender.FEMALE, female_probability: float = 0.9
) -> Face:
    return Face(box, 0.9, Estimate(34, 28, 41, female_probability), gender=gender)


def drawn(image: Image, faces: list[Face], **options: Any) -> Image:
    return Annotator(STYLE, **options).annotate(image, faces)


def has_colour(region: Image, colour: tuple[int, int, int]) -> bool:
    """Whether any px has it, as nearly as a smoothed line of one px does."""
    difference = np.abs(region.astype(int) - colour)
    return bool((difference.max(axis=-1) <= 25).any())


def test_the_image_that_is_given_stays_as_it_is() -> None:
    image = make_noise()
    before = image.copy()
    after = drawn(image, [make_face()], hides_faces=True)
    assert np.array_equal(image, before)
    assert not np.array_equal(after, before)


def test_a_read_only_image_can_be_annotated() -> None:
    image = make_canvas()
    image.flags.writeable = False
    assert has_colour(drawn(image, [make_face()]), RED)


def test_labels_are_written_as_the_caller_wants() -> None:
    written: list[str] = []

    def draw_text(text: str, size_px: int) -> NDArray[np.uint8]:
        written.append(text)
        return np.full((size_px, 20), 255, np.uint8)

    image = drawn(make_canvas(), [make_face()], writing=LabelWriting(str.upper, draw_text))
    assert written == ["34 (28–41) · FEMALE 90 %"]
    assert has_colour(image, BLACK)


def test_without_faces_the_copy_is_the_same() -> None:
    assert np.array_equal(drawn(make_noise(), [], hides_faces=True), make_noise())


def test_the_box_is_drawn_where_the_face_is() -> None:
    image = drawn(make_canvas(), [make_face()])
    for row, column in [(190, 100), (190, 220), (120, 160), (260, 160)]:
        assert has_colour(image[row, column], RED)
    assert (image[140:240, 115:205] == 200).all(), "the face itself stays visible"


@pytest.mark.parametrize(
    ("gender", "colour"), [(Gender.FEMALE, RED), (Gender.MALE, BLUE), (Gender.UNSURE, GREY)]
)
def test_the_colour_tells_the_gender(gender: Gender, colour: tuple[int, int, int]) -> None:
    assert has_colour(drawn(make_canvas(), [make_face(gender=gender)]), colour)


def test_the_label_stands_above_the_box_and_holds_dark_text() -> None:
    image = drawn(make_canvas(), [make_face()])
    above = image[80:115, 100:300]
    assert has_colour(above, RED)
    assert has_colour(above, BLACK)
    assert (image[:80] == 200).all()


def test_a_face_without_an_estimate_has_a_box_and_no_label() -> None:
    image = drawn(make_canvas(), [Face(BOX, 0.9)])
    assert has_colour(image, GREY)
    assert (image[:115] == 200).all()


@pytest.mark.parametrize(
    "box",
    [
        Box(100, 2, 220, 140),
        Box(-60, -70, 60, 60),
        Box(420, 300, 560, 420),
        Box(-50, -50, 530, 410),
        Box(100, -300, 220, -200),
        Box(600, 500, 700, 600),
    ],
)
def test_the_label_is_whole_wherever_the_face_is(box: Box) -> None:
    expected = drawn(make_canvas(), [make_face()])
    image = drawn(make_canvas(), [make_face(box)])

    def dark_px(picture: Image) -> int:
        return int((picture.sum(axis=-1) < 60).sum())

    assert dark_px(image) == dark_px(expected) > 20


def test_a_tiny_image_can_be_annotated() -> None:
    image = drawn(np.full((12, 16, 3), 200, np.uint8), [make_face(Box(2, 2, 12, 10))])
    assert image.shape == (12, 16, 3)
    assert has_colour(image, RED)


def test_labels_can_be_left_out() -> None:
    image = drawn(make_noise(), [make_face()], has_labels=False)
    assert np.array_equal(image, make_noise())


def test_a_hidden_face_keeps_no_detail() -> None:
    image = drawn(make_noise(), [make_face()], has_labels=False, hides_faces=True)
    hidden, before = image[130:250, 110:210], make_noise()[130:250, 110:210]
    assert before.std() > 60
    assert hidden.std() < 15
    correlation = np.corrcoef(hidden.ravel(), before.ravel())[0, 1]
    assert abs(correlation) < 0.2


def test_two_pictures_of_equal_averages_are_hidden_alike() -> None:
    fine = np.indices((360, 480)).sum(axis=0) % 2 * 100 + 50
    checks = np.repeat(fine[..., None], 3, axis=2).astype(np.uint8)
    inverse = (200 - checks).astype(np.uint8)
    hidden = [
        drawn(picture, [make_face()], has_labels=False, hides_faces=True)[130:250, 110:210]
        for picture in (checks, inverse)
    ]
    difference = np.abs(hidden[0].astype(int) - hidden[1].astype(int))
    assert difference.max() <= 8, "what is left of 100 grey levels between the two"


def test_only_the_face_is_hidden() -> None:
    image = drawn(make_noise(), [make_face()], has_labels=False, hides_faces=True)
    assert np.array_equal(image[:70], make_noise()[:70])
    assert np.array_equal(image[310:], make_noise()[310:])
    assert np.array_equal(image[:, 270:], make_noise()[:, 270:])


@pytest.mark.parametrize("box", [Box(-60, -70, 60, 60), Box(420, 300, 560, 420)])
def test_a_face_at_the_edge_is_hidden(box: Box) -> None:
    image = drawn(make_noise(), [make_face(box)], has_labels=False, hides_faces=True)
    column, row = np.clip(box.centre, 2, (477, 357)).astype(int)
    around = slice(max(0, row - 8), row + 8), slice(max(0, column - 8), column + 8)
    assert image[around].std() < 15


def test_a_face_outside_the_image_is_no_trouble() -> None:
    image = drawn(make_noise(), [make_face(Box(900, 900, 990, 990))], has_labels=False)
    hidden = drawn(
        make_noise(), [make_face(Box(-300, 10, -200, 90))], has_labels=False, hides_faces=True
    )
    assert np.array_equal(image, make_noise())
    assert np.array_equal(hidden, make_noise())
