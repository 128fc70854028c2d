"""What a model says of a face whose box a person draws."""

from typing import Protocol

from core.batch.box_correction import check_box
from core.batch.export.change_check import check_unchanged
from core.batch.record import PhotoFacts
from core.closing import Closing
from core.errors import BoxError
from core.estimation.predictor import Predictor
from core.faces.alignment import align_faces
from core.faces.versions import FLIP_AVERAGE
from core.photo_labelling import make_faces
from core.settings import Settings
from core.sources.photo import open_photo
from core.types import Box, Detection, Face, Image


class SecondLook(Protocol):
    """What places a face exactly: see core/faces/detector.py."""

    def second_look(self, image: Image, detection: Detection) -> Detection | None: ...


class FaceDrawer(Closing):
    """Estimates drawn faces as a batch estimates found ones. One thread at a time may use it.

    Args:
        predictor: closed with this.
        second_look: finds the landmarks of a face in its box.
        settings: of the batch.
    """

    def __init__(self, predictor: Predictor, second_look: SecondLook, settings: Settings) -> None:
        self._predictor = predictor
        self._second_look = second_look
        self._settings = settings

    def draw(self, facts: PhotoFacts, box: Box) -> tuple[Detection, Face]:
        """The face in a box, in px of the photo at full size, with its estimate.

        Raises:
            BoxError: if the box is too small, or reaches beyond the photo; or if it is a video,
                whose faces are followed through many frames.
            PhotoError: if the photo cannot be read, or was changed since it was labelled.
            ModelError: if the model fails.
        """
        if facts.is_video:
            raise BoxError("Faces are drawn in photos only, not in videos.")
        check_box(box, facts.width_px, facts.height_px)
        with open_photo(facts.path, is_thorough=self._settings.is_thorough) as photo:
            check_unchanged(facts)
            drawn = place_drawn_box(self._second_look, photo.image, box.scaled(1 / photo.scale))
            chips = align_faces(photo.image, [drawn], self._predictor.card.input_size_px)
            scale = photo.scale
        estimates = self._predictor.predict(chips, flip_average=FLIP_AVERAGE)
        detection = drawn.scaled(scale)
        (face,) = make_faces([detection], estimates, self._settings)
        return detection, face

    def close(self) -> None:
        """Release the predictor."""
        self._predictor.close()


def place_drawn_box(second_look: SecondLook, image: Image, box: Box) -> Detection:
    """A drawn box with the landmarks of the face in it, if a second look sees one.

    The box stays as it was drawn; its score is the look's, 0 without one. Without landmarks it is
    cut out by the box alone, as a profile is: `python -m training check-drawn` says what that
    costs, and that the face's quality tells as much, so no such face is doubtful for that alone.
    """
    drawn = Detection.of_box(box)
    look = second_look.second_look(image, drawn)
    return drawn if look is None else Detection(box, look.score, look.landmarks)
