"""Results as HTML that holds all it shows: nothing is left in a file for a browser to fetch."""

import base64
import io
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from core.annotator import Annotator
from core.batch.export.csv_file import COLUMNS, rows_of, write_rows
from core.batch.export.json_lines import photo_values
from core.batch.record import LabelledFace, LabelledPhoto, PhotoFacts, PhotoState
from core.confidence import gender_percent_text
from core.doubt import is_doubtful
from core.errors import VisageError
from core.shown_age import shown_age, shown_range
from core.types import Estimate, Face, Gender, Image, PhotoResult
from gui.web.words import Words

logger = logging.getLogger(__name__)

_NO_LANDMARKS = np.full((6, 2), np.nan, np.float32)
_KNOWN = ("path", "state", "error", "note", "faces")
"""Of what `label --jsonl` says of a photo: the page keeps neither sizes nor landmarks."""

_JPEG_QUALITY = 85


def picture(image: Image, faces: Iterable[Face], name: str, words: Words) -> str:
    """An <img> with the faces drawn, boxes in px of `image`."""
    drawn = Pillow.fromarray(Annotator(writing=words.in_pictures).annotate(image, faces))
    stream = io.BytesIO()
    drawn.save(stream, "JPEG", quality=_JPEG_QUALITY)
    return f'<img src="{as_data("image/jpeg", stream.getvalue())}" alt="{escape(name)}">'


def as_data(kind: str, content: bytes) -> str:
    """An address that holds what it leads to."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain text."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def sentence(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{escape(text)}</p>"


def or_sentence(work: Callable[[], str], words: Words) -> str:
    """What `work` answers, or the sentence of what went wrong."""
    try:
        return work()
    except VisageError as error:
        return sentence(words.said(error))
    except Exception:
        logger.exception("A bug met what the page was sent.")
        return sentence(words["fault"])


def face_cells(face: Face, words: Words) -> list[str]:
    """Age, range, gender and how sure the model is; empty where it does not say."""
    return estimate_cells(face.estimate or Estimate(), face.gender, face.quality, words)


def estimate_cells(
    estimate: Estimate, gender: Gender | None, quality: float | None, words: Words
) -> list[str]:
    """Age, range, gender and its confidence, and a doubt; empty where the model does not say."""
    age = "" if estimate.age_years is None else str(shown_age(estimate.age_years))
    span = ""
    if estimate.age_low_years is not None and estimate.age_high_years is not None:
        span = shown_range(estimate.age_low_years, estimate.age_high_years)
    sure = ""
    if gender in ("female", "male") and estimate.female_probability is not None:
        sure = gender_percent_text(gender, estimate.female_probability)
    doubt = words["doubtful"] if is_doubtful(quality) else ""
    shown_gender = "" if gender is None else words[gender.value]
    return [age, span, shown_gender, " · ".join(filter(None, (sure, doubt)))]


def photo_table(named: Sequence[tuple[str, PhotoResult]], words: Words) -> str:
    """One row a face of all photos."""
    rows = [
        [name, str(number), *face_cells(face, words)]
        for name, result in named
        for number, face in enumerate(result.faces, start=1)
    ]
    columns = ("file", "face", "age", "range", "gender", "sure")
    return table([words[column] for column in columns], rows) if rows else ""


def downloads(named: Sequence[tuple[str, PhotoResult]]) -> str:
    """Links to the same as CSV and as JSON, as far as known as `main.py label` writes them."""
    photos = [(name, _labelled(name, result)) for name, result in named]
    text = io.StringIO()
    write_rows(text, [COLUMNS, *(row for name, photo in photos for row in rows_of(name, photo))])
    values = (photo_values(name, photo) for name, photo in photos)
    objects = [{key: value for key, value in one.items() if key in _KNOWN} for one in values]
    files = (
        ("faces.csv", "text/csv", text.getvalue()),
        ("faces.json", "application/json", json.dumps(objects, ensure_ascii=False, indent=1)),
    )
    return " ".join(
        f'<a download="{name}" href="{as_data(kind, content.encode())}">{name}</a>'
        for name, kind, content in files
    )


def _labelled(name: str, result: PhotoResult) -> LabelledPhoto:
    state = PhotoState.DONE if result.error is None else PhotoState.FAILED
    facts = PhotoFacts(0, Path(name), state, error=result.error, note=result.note)
    faces = tuple(
        LabelledFace(number, number, face, _NO_LANDMARKS)
        for number, face in enumerate(result.faces, start=1)
    )
    return LabelledPhoto(facts, faces)
