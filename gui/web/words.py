"""What the page says, in English here, else in the catalogues: docs/adr/0016."""

from collections.abc import Mapping
from dataclasses import dataclass

from core import paths
from core.label_writing import LabelWriting
from gui.language import catalogue, core_sentence
from gui.language.catalogue import marked, texts

NAMED: Mapping[str, str] = {
    "point": marked("Page", "."),
    "intro": marked(
        "Page", "Estimates the age and gender of faces, on the computer that runs this page."
    ),
    "photos": marked("Page", "Photos"),
    "webcam": marked("Page", "Webcam"),
    "video": marked("Page", "Video"),
    "models": marked("Page", "Models"),
    "about": marked("Page", "About"),
    "model": marked("Page", "Model"),
    "thorough": marked("Page", "Look hard for small faces (takes longer)"),
    "choose_photos": marked("Page", "Photos (drop or choose, several at once)"),
    "paste": marked("Page", "Or paste a picture"),
    "choose_video": marked("Page", "A video"),
    "pasted": marked("Page", "pasted picture"),
    "camera": marked("Page", "Camera"),
    # Gradio's own: script.py
    "use_camera": marked("Page", "Click to Access Webcam"),
    "error": marked("Page", "Error"),
    "too_large": marked("Page", "File(s) exceed the maximum allowed size of"),
    "camera_hint": marked(
        "Page",
        "If the browser refuses the camera, allow it for this page in the browser’s settings, and "
        "load the page again.",
    ),
    "file": marked("Page", "File"),
    "face": marked("Page", "Face"),
    "age": marked("Page", "Age"),
    "range": marked("Page", "Range"),
    "gender": marked("Page", "Gender"),
    "sure": marked("Page", "Sure"),
    "track": marked("Page", "Track"),
    "from": marked("Page", "From"),
    "to": marked("Page", "To"),
    "no_face": marked("Page", "No face was found."),
    "video_tab": marked("Page", "Videos have a tab of their own."),
    "too_many": marked("Page", "Only the first {count} photos were looked at."),
    "too_long": marked("Page", "Only the first {seconds} seconds were looked at."),
    "doubtful": marked("Page", "doubtful"),
    "female": marked("Page", "female"),
    "male": marked("Page", "male"),
    "unsure": marked("Page", "unsure"),
    "looking": marked("Page", "Looking for faces"),
    "result": marked("Page", "Video with faces"),
    "figure": marked("Page", "Figure"),
    "age_mae": marked("Page", "years off on average"),
    "gender_accuracy": marked("Page", "gender right"),
    "ages": marked("Page", "ages"),
    "faces": marked("Page", "faces"),
    "age_errors": marked("Page", "Errors of age"),
    "years_off": marked("Page", "years read too old (+) or too young (−)"),
    "roc": marked("Page", "Gender (ROC)"),
    "called_female_wrongly": marked("Page", "of men called female"),
    "called_female_rightly": marked("Page", "of women called female"),
    "learning": marked("Page", "Learning (dashed: known faces)"),
    "epoch": marked("Page", "epoch"),
    "fault": marked("Page", "A fault in Visage stopped this."),
}
"""Each text by its name; `point` is the one of decimal numbers."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says in one language.

    Attributes:
        code: of the language, such as "fr".
    """

    code: str

    def __getitem__(self, name: str) -> str:
        return self.text(NAMED[name])

    def text(self, english: str) -> str:
        """A text that is marked for the page."""
        return texts(self.code, "Page").get(english, english)

    def said(self, sentence: object) -> str:
        """What core says in English, or an error of core."""
        return core_sentence.translated(str(sentence), self.code)

    @property
    def in_pictures(self) -> LabelWriting:
        """How labels are written into pictures, whose typeface has no accents."""
        return LabelWriting(self._in_picture)

    def _in_picture(self, word: str) -> str:
        """The word, or the initial of a gender where one of the two has an accent."""
        text = self[word]
        is_plain = (self["female"] + self["male"]).isascii()
        return text if is_plain or word not in ("female", "male") else text[0].upper()

    def number(self, value: float, digits: int = 1) -> str:
        """ "4.2", with so many digits after the point."""
        return f"{value:.{digits}f}".replace(".", self["point"])


LANGUAGES: Mapping[str, Words] = {code: Words(code) for code in paths.languages()}
ENGLISH = LANGUAGES[catalogue.ENGLISH]


def words_for(accept_language: str | None) -> Words:
    """The words of a browser that names its languages, the one it likes best first.

    It alone counts, as for the labels that Gradio chooses in the browser: else the page were mixed.
    """
    best = (accept_language or "").lower().split(",")[0].strip()
    return LANGUAGES.get(best.split(";")[0].split("-")[0], ENGLISH)
