import math
import time
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.assembly import make_photo_search
from core.faces import photo_search
from core.faces.alignment import CHIP_SIZE_PX, chip_transform, warp_chip
from core.faces.photo_judge import OVERVIEW_PX, PhotoJudge
from core.faces.photo_search import TILE_ENLARGED, TILE_OVERLAP_PX, PhotoSearch
from core.faces.pyramid import Pyramid
from core.faces.second_look import is_upright
from core.faces.similarity import similarity_about, similarity_scale, similarity_turn
from core.faces.turned_search import TurnedSearch
from core.settings import Settings
from core.sources.photo import read_photo
from core.types import Box, Detection, Image
from tests.core.faces.portraits import GREY, WOMAN, is_at, picture_of
from tests.fakes import make_detection

NO_FACE = Path(__file__).parents[4] / "shared/cases/no_face"


def test_each_face_of_the_photo_is_found_once_from_left_to_right(
    search: TurnedSearch, photo: Image
) -> None:
    faces = search.detect_photo(photo)
    assert len(faces) == 2
    assert faces[0].box.right < faces[1].box.left
    assert all(face.score > 0.6 for face in faces)


@pytest.mark.parametrize("size", [(3, 2000), (1000, 1), (1, 900)])
def test_a_very_thin_picture_has_no_faces(search: TurnedSearch, size: tuple[int, int]) -> None:
    width, height = size
    assert search.detect_photo(np.full((height, width, 3), GREY, np.uint8)) == ()


def test_landmarks_lie_where_faces_have_them(search: TurnedSearch, photo: Image) -> None:
    for face in search.detect_photo(photo):
        right_eye, left_eye, nose, mouth = face.landmarks[:4]
        assert face.landmarks.shape == (6, 2)
        assert face.landmarks.dtype == np.float32
        assert face.box.left < right_eye[0] < nose[0] < left_eye[0] < face.box.right
        assert face.box.top < right_eye[1] < nose[1] < mouth[1] < face.box.bottom


@pytest.mark.parametrize("size", [(800, 600), (600, 1000), (1400, 700)])
@pytest.mark.parametrize("face_px", [70, 120, 300])
def test_faces_of_any_size_are_found_where_they_are(
    search: TurnedSearch,
    portrait: Image,
    own_face: Detection,
    size: tuple[int, int],
    face_px: int,
) -> None:
    place = (size[0] * 0.6, size[1] * 0.45, float(face_px))
    faces = search.detect_photo(picture_of(portrait, own_face, size, place))
    assert [is_at(face, place) for face in faces] == [True]


@pytest.mark.parametrize("degrees", [-35, -12, 12, 35])
def test_the_crop_of_a_turned_face_turns_back(
    search: TurnedSearch, portrait: Image, own_face: Detection, degrees: float
) -> None:
    turned = similarity_about(own_face.box.centre, (300, 300), 0.8, math.radians(degrees))
    (face,) = search.detect_photo(warp_chip(portrait, turned, 600))
    own = chip_transform(own_face, CHIP_SIZE_PX)
    found = chip_transform(face, CHIP_SIZE_PX)
    assert similarity_scale(found) * 0.8 == pytest.approx(similarity_scale(own), rel=0.05)
    difference = similarity_turn(found) + math.radians(degrees) - similarity_turn(own)
    assert math.degrees(difference) == pytest.approx(0, abs=3)


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_without_faces_has_none(search: TurnedSearch, seed: int) -> None:
    coarse = np.random.default_rng(seed).uniform(20, 235, (6, 8, 3))
    clouds = cv2.resize(coarse, (800, 600), interpolation=cv2.INTER_LINEAR).astype(np.uint8)
    assert search.detect_photo(clouds) == ()


def test_a_view_of_a_larger_picture_is_read_rightly(
    search: TurnedSearch, photo: Image, own_face: Detection
) -> None:
    left, top, right, bottom = WOMAN
    (face,) = search.detect_photo(photo[top:bottom, left:right])
    np.testing.assert_array_equal(face.landmarks, own_face.landmarks)


class ColourYuNet:
    """Sees each red rectangle from 8 px on as a face of the score that its green says.

    Closer, where the rectangle fills the middle, it says what its blue says.

    Args:
        coarse_score: what it says of a face in a picture of 320 px or less.
    """

    def __init__(self, coarse_score: float = 0.0) -> None:
        self._coarse_score = coarse_score
        self.sizes: list[tuple[int, int]] = []

    def find(self, image: Image) -> list[Detection]:
        height, width = image.shape[:2]
        self.sizes.append((width, height))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(
            (image[..., 0] > 200).astype(np.uint8)
        )
        found = []
        for label in range(1, count):
            left, top, wide, high = stats[label][:4].tolist()
            if max(wide, high) < 8:
                continue
            green, blue = np.median(image[labels == label][:, 1:], axis=0) / 255
            score = float(blue if (width, height) == (96, 96) else green)
            score = self._coarse_score if width in (80, 160, 320) else score
            found.append(make_detection(left, top, max(wide, high), score))
        return sorted(found, key=lambda face: face.score, reverse=True)


def upside_down(face: Detection) -> Detection:
    return replace(face, landmarks=-face.landmarks)


class ColourLook:
    """Confirms what it is told to, with a score.

    Args:
        other_score: what its other looks say.
        turned_score: what it says of the face upside down.
    """

    def __init__(
        self,
        score: float | None,
        other_score: float = 0.0,
        turned_score: float | None = None,
    ) -> None:
        self.score = score
        self.count = 0
        self._other_score = other_score
        self._turned_score = turned_score

    def look_again(self, pyramid: Pyramid, candidate: Detection) -> Detection | None:
        self.count += 1
        if self.score is None:
            return None
        return Detection(candidate.box, self.score, candidate.landmarks + 1)

    def other_looks(self, pyramid: Pyramid, candidate: Detection) -> list[float]:
        return [self._other_score] * 3

    def look_turned(self, pyramid: Pyramid, box: Box) -> Detection | None:
        if self._turned_score is None:
            return None
        return upside_down(Detection(box, self._turned_score, make_detection().landmarks))


def red_square(score: float, close_score: float) -> Image:
    """A grey picture with a red square of 60 px in it."""
    image = np.full((480, 640, 3), 90, np.uint8)
    image[200:260, 300:360] = (255, round(255 * score), round(255 * close_score))
    return image


def make_search(look: ColourLook, *, is_thorough: bool = False) -> PhotoSearch:
    return PhotoSearch(ColourYuNet(), look, is_thorough=is_thorough)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "close_score", "look_score", "is_face"),
    [
        pytest.param(0.86, 0.0, None, True, id="YuNet is sure"),
        pytest.param(0.84, 0.0, None, False, id="YuNet is not quite sure"),
        pytest.param(0.8, 0.9, None, False, id="nobody else sees it"),
        pytest.param(0.71, 0.0, 0.67, True, id="both see it clearly"),
        pytest.param(0.69, 0.0, 0.67, False, id="YuNet sees it less clearly"),
        pytest.param(0.81, 0.82, 0.63, False, id="the headlight of a motorcycle"),
        pytest.param(0.3, 0.64, 0.68, True, id="enough speaks for it together"),
        pytest.param(0.3, 0.58, 0.68, False, id="not quite enough speaks for it"),
        pytest.param(0.15, 0.3, 0.66, False, id="too little speaks for it"),
    ],
)
def test_a_face_is_believed_when_enough_speaks_for_it(
    score: float, close_score: float, look_score: float | None, is_face: bool
) -> None:
    found = make_search(ColourLook(look_score)).detect_photo(red_square(score, close_score))
    assert bool(found) is is_face


@pytest.mark.parametrize(
    ("score", "look_score", "other_score", "is_face"),
    [
        pytest.param(0.45, 0.7, 0.7, True, id="mask and sunglasses"),
        pytest.param(0.45, 0.7, 0.67, False, id="the looks do not quite agree"),
        pytest.param(0.45, 0.55, 0.73, False, id="the first look counts, too"),
        pytest.param(0.45, None, 0.95, True, id="not seen upright, but else surely"),
        pytest.param(0.81, 0.6, 0.6, False, id="a headlight"),
        pytest.param(0.2, 0.7, 0.75, False, id="YuNet hardly sees it"),
    ],
)
def test_a_hidden_face_is_believed_when_all_looks_agree(
    score: float, look_score: float | None, other_score: float, is_face: bool
) -> None:
    found = make_search(ColourLook(look_score, other_score)).detect_photo(red_square(score, 0.0))
    assert bool(found) is is_face


@pytest.mark.parametrize(
    ("close_score", "coarse_score", "other_score", "is_face"),
    [
        pytest.param(0.6, 0.8, 0.4, True, id="blurred"),
        pytest.param(0.6, 0.8, 0.2, False, id="BlazeFace hardly sees it"),
        pytest.param(0.6, 0.4, 0.4, False, id="YuNet hardly sees it in fewer px"),
    ],
)
def test_a_blurred_face_is_believed_when_fewer_px_show_it_too(
    close_score: float, coarse_score: float, other_score: float, is_face: bool
) -> None:
    yunet = ColourYuNet(coarse_score)
    search = PhotoSearch(yunet, ColourLook(0.55, other_score))  # type: ignore[arg-type]
    found = search.detect_photo(red_square(0.3, close_score))
    assert bool(found) is is_face
    assert [width for width, _ in yunet.sizes] == [640, 96, 320, 160, 80]


def test_a_confirmed_face_has_the_second_looks_landmarks_and_the_mean_score() -> None:
    (confirmed,) = make_search(ColourLook(0.7)).detect_photo(red_square(0.9, 0.9))
    (alone,) = make_search(ColourLook(None)).detect_photo(red_square(0.9, 0.9))
    assert confirmed.score == pytest.approx(0.8, abs=0.01)
    assert alone.score == pytest.approx(0.7, abs=0.01)
    assert np.all(confirmed.landmarks == alone.landmarks + 1)


@pytest.mark.parametrize(
    ("score", "turned_score", "is_turned"),
    [
        pytest.param(0.7, 0.9, True, id="surer upside down"),
        pytest.param(0.7, 0.75, False, id="not sure upside down"),
        pytest.param(0.78, 0.84, False, id="hardly surer upside down"),
        pytest.param(0.9, 1.0, False, id="clearly upright"),
    ],
)
def test_an_unclear_face_is_looked_at_upside_down_and_on_its_sides(
    score: float, turned_score: float, is_turned: bool
) -> None:
    look = ColourLook(score, turned_score=turned_score)
    (face,) = make_search(look).detect_photo(red_square(0.75, 0.9))
    assert is_upright(face) is not is_turned


def test_a_face_that_a_look_sees_less_surely_keeps_yunets_landmarks() -> None:
    (unsure,) = make_search(ColourLook(0.55)).detect_photo(red_square(0.9, 0.9))
    (alone,) = make_search(ColourLook(None)).detect_photo(red_square(0.9, 0.9))
    assert np.all(unsure.landmarks == alone.landmarks)


@pytest.mark.parametrize(
    ("size", "seen"),
    [((320, 240), (640, 480)), ((100, 50), (300, 150)), ((2000, 1000), (640, 320))],
)
def test_small_photos_are_enlarged_and_large_ones_reduced(
    size: tuple[int, int], seen: tuple[int, int]
) -> None:
    yunet = ColourYuNet()
    search = PhotoSearch(yunet, ColourLook(None))  # type: ignore[arg-type]
    assert search.detect_photo(np.zeros((size[1], size[0], 3), np.uint8)) == ()
    assert yunet.sizes == [seen]


@pytest.mark.parametrize("place", [(5, 5), (930, 500), (950, 950), (2960, 1960), (790, 10)])
def test_a_thorough_search_finds_a_small_face_anywhere_once(place: tuple[int, int]) -> None:
    left, top = place
    image = np.full((2000, 3000, 3), 90, np.uint8)
    image[top : top + 12, left : left + 12] = (255, 250, 250)
    (face,) = make_search(ColourLook(0.9), is_thorough=True).detect_photo(image)
    assert face.box.intersection_over_union(Box(left, top, left + 12, top + 12)) > 0.5


class TileNotes(ColourYuNet):
    """Notes from where to where each tile reaches, whose px say where they are."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: set[tuple[int, int]] = set()

    def find(self, image: Image) -> list[Detection]:
        height, width = image.shape[:2]
        left = int(image[0, 0, 1]) * 100 + int(image[0, 0, 2])
        is_tile = (width, height) != (OVERVIEW_PX, OVERVIEW_PX // 2)
        self.spans |= {(left, left + round(width / TILE_ENLARGED))} if is_tile else set()
        return []


@pytest.mark.parametrize("width", [641, 961, 1700, 1761, 2561, 5000])
def test_a_face_of_up_to_160_px_lies_whole_in_some_tile(width: int) -> None:
    place = np.arange(width)
    image = np.zeros((math.ceil(width / 2), width, 3), np.uint8)
    image[..., 1], image[..., 2] = place // 100, place % 100
    yunet = TileNotes()
    search = PhotoSearch(yunet, ColourLook(None), is_thorough=True)  # type: ignore[arg-type]
    search.detect_photo(image)
    assert TILE_OVERLAP_PX == 160
    for left in range(0, width - 160, 7):
        assert any(start <= left and left + 160 <= end for start, end in yunet.spans), left


def test_a_face_larger_than_a_tile_is_not_found_in_pieces() -> None:
    image = np.full((2000, 3000, 3), 90, np.uint8)
    image[300:1700, 700:2100] = (255, 250, 250)
    (face,) = make_search(ColourLook(0.9), is_thorough=True).detect_photo(image)
    assert face.box.height == pytest.approx(1400, rel=0.02)


def test_of_more_faces_than_any_photo_has_the_surest_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photo_search, "MOST_FACES", 3)
    image = np.full((480, 640, 3), 90, np.uint8)
    for number in range(8):
        left = 10 + 70 * number
        image[200:240, left : left + 40] = (255, 240 - number, 250)
    found = make_search(ColourLook(0.9)).detect_photo(image)
    assert [face.box.left for face in found] == [10, 80, 150]


def test_after_many_candidates_in_vain_the_fainter_ones_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photo_search, "MOST_IN_VAIN", 3)
    looked_at: list[float] = []

    def judge(_: PhotoJudge, candidate: Detection, **__: bool) -> Detection | None:
        looked_at.append(candidate.score)
        return candidate if round(candidate.score, 1) in (0.9, 0.6) else None

    monkeypatch.setattr(PhotoJudge, "face", judge)
    scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2]
    image = np.full((480, 640, 3), 90, np.uint8)
    for number, score in enumerate(scores):
        left = 10 + 70 * number
        image[200:240, left : left + 40] = (255, round(255 * score), 250)
    assert len(make_search(ColourLook(0.9)).detect_photo(image)) == 2
    assert looked_at == pytest.approx(scores[:-1], abs=0.01)


def test_noise_takes_no_longer_than_a_crowd(search: TurnedSearch) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (400, 600, 3), np.uint8)
    began_s = time.process_time()
    assert search.detect_photo(noise) == ()
    assert time.process_time() - began_s < 5


def test_a_photo_that_was_seen_whole_is_not_looked_at_again_in_tiles() -> None:
    yunet = ColourYuNet()
    search = PhotoSearch(yunet, ColourLook(None), is_thorough=True)  # type: ignore[arg-type]
    search.detect_photo(np.zeros((480, OVERVIEW_PX, 3), np.uint8))
    assert len(yunet.sizes) == 1
    search.detect_photo(np.zeros((480, OVERVIEW_PX + 1, 3), np.uint8))
    assert yunet.sizes[2:] == [(960, 720), (960, 720)]


@pytest.mark.parametrize(
    ("shape", "seen"),
    [
        ((1000, 2000), (640, 320)),
        ((1000, 8000), (1280, 160)),
        ((8000, 1000), (160, 1280)),
        ((10, 10_000), (3200, 3)),
    ],
)
def test_of_a_strip_as_many_px_are_seen_up_to_fifty_to_one(
    shape: tuple[int, int], seen: tuple[int, int]
) -> None:
    yunet = ColourYuNet()
    PhotoSearch(yunet, ColourLook(None)).detect_photo(np.zeros((*shape, 3), np.uint8))  # type: ignore[arg-type]
    assert yunet.sizes == [seen]


def test_faces_of_a_panorama_are_found(search: TurnedSearch, photo: Image) -> None:
    small = cv2.resize(photo, (450, 300), interpolation=cv2.INTER_AREA)
    panorama = np.full((600, 12_000, 3), GREY, np.uint8)
    for left in (100, 5_000, 11_000):
        panorama[200:500, left : left + 450] = small
    assert len(search.detect_photo(panorama)) == 6
    upright = np.ascontiguousarray(panorama.transpose(1, 0, 2)[:, ::-1])
    assert len(search.detect_photo(upright)) == 6


def test_a_face_that_the_whole_photo_shows_is_not_judged_again_in_tiles() -> None:
    look = ColourLook(0.9)
    image = np.full((900, 1300, 3), 90, np.uint8)
    image[400:500, 500:600] = (255, 230, 250)
    image[400:412, 800:812] = (255, 230, 250)  # which only a tile shows
    assert len(make_search(look, is_thorough=True).detect_photo(image)) == 2
    assert look.count == 2


@pytest.mark.parametrize(
    ("score", "close_score", "look_score", "is_face"),
    [
        (0.6, 0.75, 0.68, True),
        (0.6, 0.69, 0.68, False),
        (0.88, 0.9, None, True),
        (0.88, 0.85, None, False),
    ],
)
def test_in_tiles_more_must_speak_for_a_face(
    score: float, close_score: float, look_score: float | None, is_face: bool
) -> None:
    image = np.full((900, 1300, 3), 90, np.uint8)
    image[400:412, 500:512] = (255, round(255 * score), round(255 * close_score))
    found = make_search(ColourLook(look_score), is_thorough=True).detect_photo(image)
    assert bool(found) is is_face


@pytest.mark.skipif(not NO_FACE.is_dir(), reason="no pictures without a face")
@pytest.mark.parametrize("is_thorough", [False, True])
def test_everyday_pictures_without_a_face_have_none(is_thorough: bool) -> None:
    search = make_photo_search(Settings(is_thorough=is_thorough))
    for path in sorted(NO_FACE.iterdir()):
        picture = read_photo(path, is_thorough=is_thorough).image
        assert search.detect_photo(picture) == (), path.name
