"""Finds the faces of a stream: a narrow view of most frames, a wide one now and then.

YuNet sees faces from about 10 px of its picture on. Reduced to 480 px, a frame is looked at in
3 ms and surely shows faces from a fortieth of its longer side on; at 960 px, faces half as large,
in some 10 ms. The setting decides which view is looked at:

* `NEAR`: the narrow one. `FAR`: the wide one.
* `AUTO`: the narrow one. The wide one takes its place five times a second, ten times a second as
  long as it finds faces too small for the narrow one, and at once after a cut; the tracker carries
  those faces over the frames between.

A cut ends all tracks, but not a change of light, which leaves the scene what it was.

What they find are candidates. A second look tells faces from background: YuNet judges the
candidate at its best scale, and BlazeFace gives the landmarks that alignment has learnt, or YuNet
where BlazeFace sees no face (docs/adr/0009-streams-are-seen-by-yunet.md).
"""

import math
from typing import Protocol

import cv2
import numpy as np

from core.faces.pyramid import Pyramid
from core.faces.second_look import (
    LOOK_SIZE_PX,
    find_again,
    look_transform,
    transform_detection,
)
from core.faces.similarity import invert_similarity
from core.faces.tracker import View
from core.faces.yunet import YuNet
from core.settings import DetectionRange
from core.types import Detection, Image

NARROW_PX = 480
WIDE_PX = 960
"""Longer side of what the two views see."""

LEAST_SHARE = 1 / 40
"""Height of the smallest face that the narrow view surely shows, in longer sides of the frame."""

SEARCH_EVERY_S = 0.19
FOLLOW_EVERY_S = 0.09
"""From one wide view to the next: while it shows no small face, and while it does; just less than
six and three frames of 30 a second."""

_CUT_DIFFERENCE = 30.0
"""Mean difference of two frames' px, 0-255, from which on a cut may be between them."""

_LEAST_LIKENESS = 0.3
"""Correlation of two frames that differ so much, from which on they are one scene in another light:
a flash, a lamp. Of 496 pairs of pictures 95 % have less; the sample clip, whose camera pans, has
0.96 from frame to frame, 0.67 over a fifth of a second and 0.41 over two fifths."""

_LONGEST_CUT_S = 0.4
"""From one frame to the next: after longer, a camera that pans shows another picture, too."""

_GLIMPSE_ROW_STEP = 5
"""A glimpse of a frame averages every fifth row: three or four of each of its px, a whole number in
frames of 16 : 9 and 4 : 3, for which OpenCV is quickest."""

_LEAST_CONTRAST = 5.0
"""Standard deviation of a colour in a frame that shows a scene; less is a fade or a hidden lens."""

_MOST_SAMPLED = 3.0
"""Frames up to so many times as large are sampled at once, not halved by averages before. Of the
faces from a fortieth of 720p on, as many are found as where every px counts, in a third of the
time."""

_THREADS = 2
"""Beyond two, a picture of this size gains little."""

_CONTINUING_SHARE = 0.6
"""Candidates of this share of the least score can still continue a track."""

_JUDGE_ADVANTAGE = 0.2
_MAX_SCORE = 0.9
"""A judged face, at its best scale, must be surer than the least score by so much: of 396 faces of
30 to 90 px none was less sure, of 43 false candidates one was not."""

_JUDGE_PX = 160
"""Side of the picture that is judged; it shows twice the candidate."""


class LandmarkDetector(Protocol):
    """What locates a face exactly: see core/faces/detector.py."""

    def look_again(self, pyramid: Pyramid, candidate: Detection) -> Detection | None: ...


class LiveFaceDetector:
    """Finds the faces of live frames. One thread at a time may use it.

    Args:
        landmark_detector: locates the faces that are found.
        detection_range: which view is looked at; see above.
        min_score: a face of lower confidence gets no track, 0-1.
        min_face_px: a face of lower height is not reported.

    Raises:
        ModelError: if YuNet's file is missing or broken.
    """

    def __init__(
        self,
        landmark_detector: LandmarkDetector,
        detection_range: DetectionRange = DetectionRange.AUTO,
        min_score: float = 0.5,
        min_face_px: int = 20,
    ) -> None:
        self._landmark_detector = landmark_detector
        self._range = detection_range
        self._judge_score = min(min_score + _JUDGE_ADVANTAGE, _MAX_SCORE)
        self._min_face_px = min_face_px
        self._yunet = YuNet(min_score * _CONTINUING_SHARE, _THREADS)
        self._seen_s = self._looked_wide_s = -math.inf
        self._sees_small = False
        self._last_glimpse = self._last_scene = np.zeros((18, 32, 3), np.uint8)
        self._frame: tuple[Image, Pyramid] | None = None

    def detect_frame(self, image: Image, time_s: float) -> View:
        """The candidates of a live frame, without a second look.

        Args:
            time_s: later than that of the frame before; going back starts anew.
        """
        least_px = LEAST_SHARE * max(image.shape[:2])
        pyramid = Pyramid(image)
        self._frame = image, pyramid
        narrow = reduced_frame(pyramid, NARROW_PX)
        is_changed, is_other_scene = self._change(narrow)
        is_cut = is_other_scene and 0 < time_s - self._seen_s <= _LONGEST_CUT_S
        self._seen_s = time_s
        if not (is_changed or self._is_wide_due(time_s)) or self._range is DetectionRange.NEAR:
            found = self._find(narrow, image)
            faces = [face for face in found if face.box.height >= least_px]
            return View(faces, least_px, is_cut)
        faces = self._find(reduced_frame(pyramid, WIDE_PX), image)
        self._looked_wide_s = time_s
        self._sees_small = any(face.box.height < least_px for face in faces)
        return View(faces, is_cut=is_cut)

    def second_look(self, image: Image, detection: Detection) -> Detection | None:
        """The face that `detection` is, located anew at its best scale; None if it is none."""
        transform = look_transform(detection.box) * (_JUDGE_PX / LOOK_SIZE_PX)
        pyramid = self._frame[1] if self._frame and self._frame[0] is image else Pyramid(image)
        picture, shown = pyramid.look(transform, _JUDGE_PX)
        back = invert_similarity(shown)
        found = [transform_detection(f, back) for f in self._yunet.find(picture)]
        face = find_again(detection.box, found)
        if face is None or face.score < self._judge_score or face.box.height < self._min_face_px:
            return None
        return self._landmark_detector.look_again(pyramid, face) or face

    def _find(self, view: Image, image: Image) -> list[Detection]:
        """The faces in a view of `image`, in px of the image."""
        scale = image.shape[1] / view.shape[1]
        faces = (face.scaled(scale) for face in self._yunet.find(view))
        return [face for face in faces if face.box.height >= self._min_face_px]

    def _is_wide_due(self, time_s: float) -> bool:
        since_s = time_s - self._looked_wide_s
        wait_s = FOLLOW_EVERY_S if self._sees_small else SEARCH_EVERY_S
        return self._range is DetectionRange.FAR or since_s >= wait_s or since_s < 0

    def _change(self, view: Image) -> tuple[bool, bool]:
        """Whether `view` differs much from the view before, and whether it is another scene."""
        height, width = self._last_glimpse.shape[:2]
        rows = view[::_GLIMPSE_ROW_STEP]
        small = cv2.resize(rows, (width, height), interpolation=cv2.INTER_AREA)
        glimpse = np.asarray(small, np.uint8)
        is_changed = _difference(glimpse, self._last_glimpse) >= _CUT_DIFFERENCE
        self._last_glimpse = glimpse
        if cv2.meanStdDev(glimpse)[1].max() < _LEAST_CONTRAST:
            return is_changed, False
        is_other_scene = (
            _difference(glimpse, self._last_scene) >= _CUT_DIFFERENCE
            and _likeness(glimpse, self._last_scene) < _LEAST_LIKENESS
        )
        self._last_scene = glimpse
        return is_changed, is_other_scene


def _difference(glimpse: Image, other: Image) -> float:
    return cv2.norm(glimpse, other, cv2.NORM_L1) / glimpse.size


def _likeness(glimpse: Image, other: Image) -> float:
    """The correlation of their px, -1 to 1, which light and contrast leave as it is."""
    if not other.any():  # nothing was seen yet
        return 0.0
    return float(np.corrcoef(glimpse.ravel(), other.ravel())[0, 1])


def reduced_frame(pyramid: Pyramid, longer_px: int) -> Image:
    """A frame no larger than `longer_px` on its longer side."""
    frame = pyramid.level(0)
    if max(frame.shape[:2]) <= longer_px:
        return frame
    return pyramid.with_longer_side(longer_px, _MOST_SAMPLED)
