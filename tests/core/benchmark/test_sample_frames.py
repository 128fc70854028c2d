from itertools import islice, pairwise

import numpy as np

from core.benchmark.sample_frames import (
    CROWD_SIZE_PX,
    FRAME_INTERVAL_S,
    clip_frames,
    crowd_frames,
    crowd_image,
    looped_frames,
)
from core.types import Box, Face, Frame, FrameResult, Image


def result_with_a_face_at(left: float, colour: int) -> FrameResult:
    """A dark picture with one bright square, which is its face."""
    image: Image = np.zeros((200, 400, 3), np.uint8)
    image[60:140, max(0, int(left)) : int(left) + 80] = colour
    face = Face(Box(left, 60, left + 80, 140), score=0.9)
    return FrameResult(Frame(image, 0, 0.0), (face,))


def test_a_crowd_shows_eight_faces_in_the_size_of_a_webcam_picture() -> None:
    image = crowd_image(result_with_a_face_at(160, 255))
    assert (image.shape[1], image.shape[0]) == CROWD_SIZE_PX
    centres = image[180::360, 160::320, 0]
    assert centres.shape == (2, 4)
    assert (centres > 250).all()


def test_a_face_at_the_edge_of_its_picture_is_cut_out_as_far_as_it_goes() -> None:
    image = crowd_image(result_with_a_face_at(-20, 255))
    assert (image.max(axis=(0, 2)) == 255).any()


def test_a_face_between_whole_pixels_fits_into_its_tile() -> None:
    image: Image = np.full((720, 1280, 3), 255, np.uint8)
    face = Face(Box(250, 250, 350, 350.1), score=0.9)
    crowd = crowd_image(FrameResult(Frame(image, 0, 0.0), (face,)))
    assert (crowd[180::360, 160::320, 0] == 255).all()


def test_crowd_frames_go_forth_and_back_in_rising_time() -> None:
    results = [result_with_a_face_at(160, 100), result_with_a_face_at(160, 200)]
    frames = crowd_frames(results, 5)
    assert [frame.image.max() for frame in frames] == [127, 200, 200, 127, 127]
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert all(a.time_s < b.time_s for a, b in pairwise(frames))


def test_the_clip_is_looped_with_rising_index_and_time() -> None:
    length = sum(1 for _ in clip_frames())
    frames = islice(looped_frames(), length - 1, length + 2)
    assert [(frame.index, frame.time_s) for frame in frames] == [
        (index, index * FRAME_INTERVAL_S) for index in (length - 1, length, length + 1)
    ]
