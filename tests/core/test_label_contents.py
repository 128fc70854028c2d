import pytest

from core.face_label import label_text
from core.label_contents import LabelContents
from tests.live_fakes import make_face


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (LabelContents(), "34 (28–41) · female 96 %"),
        (LabelContents(has_range=False), "34 · female 96 %"),
        (LabelContents(has_age=False), "female 96 %"),
        (LabelContents(has_gender=False), "34 (28–41)"),
        (LabelContents(False, False, False), ""),
    ],
)
def test_a_label_says_what_it_shall(contents: LabelContents, expected: str) -> None:
    assert label_text(contents.of(make_face())) == expected


def test_a_face_without_an_estimate_stays_as_it_is() -> None:
    face = make_face(estimate=None)
    assert LabelContents(has_age=False).of(face) is face
