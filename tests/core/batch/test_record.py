from dataclasses import replace

import numpy as np

from core.batch.record import Correction, LabelledFace
from core.face_label import label_text
from core.types import Gender
from tests.core.batch.builders import make_face


def labelled(correction: Correction) -> LabelledFace:
    """A face that the model takes for a woman of 30."""
    detection, face = make_face(30.0, 0.93, Gender.FEMALE)
    return LabelledFace(1, 1, face, np.asarray(detection.landmarks, np.float32), correction)


def test_a_corrected_age_is_shown_without_a_range() -> None:
    assert label_text(labelled(Correction(age_years=41)).shown) == "41 · female 93 %"


def test_a_corrected_gender_is_shown_without_the_confidence_of_the_model() -> None:
    face = labelled(Correction(gender=Gender.MALE))
    assert label_text(face.shown) == "30 (25–35) · male"
    assert face.female_probability == 0.93


def test_without_a_correction_a_face_is_shown_as_the_model_sees_it() -> None:
    face = labelled(Correction())
    assert face.shown.estimate == face.face.estimate
    assert replace(face, correction=Correction(age_years=41)).face.estimate == face.face.estimate


def test_how_sure_a_face_is_follows_the_less_sure_of_age_and_gender() -> None:
    face = labelled(Correction())
    assert face.certainty == 0.93, "nobody knows how sure the age is"
    doubtful_age = replace(face, face=replace(face.face, quality=0.4))
    assert doubtful_age.certainty == 0.4
    assert replace(doubtful_age, correction=Correction(age_years=41)).certainty is None
    unknown = replace(face, face=replace(face.face, estimate=None))
    assert unknown.certainty is None
