"""Rows of the store as values. Everything is checked here: a file may be damaged or changed.

Each function takes a row as SQLite gives it and raises NonsenseError for one that Visage cannot
have written.
"""

import json
import math
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from reprlib import Repr
from typing import Any, TypeVar

import numpy as np

from core.batch.recipe import Recipe
from core.batch.record import (
    MAX_AGE_YEARS,
    BoxBy,
    Correction,
    Job,
    LabelledFace,
    PhotoFacts,
    PhotoState,
    Presence,
    TableRow,
    WaitingPhoto,
)
from core.batch.scan import SkippedFile
from core.errors import VisageError
from core.estimation.age_reading import MAX_ESTIMATE_YEARS
from core.sources.picture_limits import LONGEST_SIDE_PX
from core.types import Box, Estimate, Face, FaceSpan, Gender

Row = tuple[Any, ...]
Value = TypeVar("Value")

JOB_COLUMNS = "id, title, created_at_s, roots, recipe, is_scanned, is_anew, compared_with"
SKIPPED_COLUMNS = "path, reason, is_trouble"
WAITING_COLUMNS = "id, path, size_bytes, mtime_ns, is_video"
FACT_COLUMNS = (
    "photo.id, photo.path, photo.state, photo.error, photo.width_px, photo.height_px, "
    "photo.size_bytes, photo.mtime_ns, photo.note, photo.is_video, photo.face_count"
)
FACE_COLUMNS = (
    "face.id, number, left, top, right, bottom, score, landmarks, age, age_low, age_high, "
    "female_probability, gender, quality, corrected_age, corrected_gender, box_by, presence, "
    "from_s, to_s, frame_s"
)

_FACT_COUNT = FACT_COLUMNS.count(",") + 1
_MAX_INTEGER = 2**63 - 1
MAX_ID = 2**48
"""Of a job, photo, face or correction: more than are ever given, and room for new ones above."""

_MAX_FACE_PX = 1e7
_MAX_TIME_S = 1e11
_MAX_VIDEO_S = 1e9
_MAX_FACES = 1e12
_MAX_LETTERS = 1_000_000
_MAX_ROOTS_LETTERS = 500_000_000
"""Of the paths that a job was made of: photos that are dropped one by one are a hundred each."""

_LANDMARKS = 6
_short = Repr()
_short.maxstring = _short.maxother = 40


class NonsenseError(ValueError):
    """A value that cannot be; the text names it."""


def integer(name: str, value: Any, least: int = 0, most: int = _MAX_INTEGER) -> int:
    """A whole number within limits."""
    if type(value) is not int or not least <= value <= most:
        raise _nonsense(name, value)
    return value


def job_of(row: Row) -> Job:
    """The job of `JOB_COLUMNS`."""
    job_id, title, created_at_s, roots, recipe, is_scanned, is_anew, compared_with = row
    return Job(
        integer("id", job_id, 1),
        _text("title", title),
        _real("created_at_s", created_at_s, 0, _MAX_TIME_S),
        _parsed("roots", roots, _roots, _MAX_ROOTS_LETTERS),
        _parsed("recipe", recipe, Recipe.from_text),
        _truth("is_scanned", is_scanned),
        _truth("is_anew", is_anew),
        None if compared_with is None else integer("compared_with", compared_with, 1),
    )


def state_count_of(row: Row) -> tuple[PhotoState, bool, int, int]:
    """A state, whether of videos, how many photos it has, and how many faces these; of the state,
    `is_video`, count and a real total."""
    state, is_video, photos, faces = row
    total = _real("face_count", faces, 0, _MAX_FACES)
    return (
        _member("state", state, PhotoState),
        _truth("is_video", is_video),
        integer("photos", photos),
        int(total),
    )


def age_count_of(row: Row) -> tuple[Gender | None, int | None, int]:
    """How many faces have a gender and an age (a whole number, or none), of these three."""
    gender, age_years, faces = row
    age = None if age_years is None else integer("age", age_years, 0, int(MAX_ESTIMATE_YEARS))
    return gender_of("gender", gender), age, integer("faces", faces)


def waiting_photo_of(row: Row) -> WaitingPhoto:
    """The photo of `WAITING_COLUMNS`."""
    photo_id, path, size_bytes, mtime_ns, is_video = row
    return WaitingPhoto(
        integer("id", photo_id, 1),
        path_of(path),
        integer("size_bytes", size_bytes),
        integer("mtime_ns", mtime_ns, -_MAX_INTEGER),
        _truth("is_video", is_video),
    )


def skipped_file_of(row: Row) -> SkippedFile:
    """The file of `SKIPPED_COLUMNS`."""
    path, reason, is_trouble = row
    return SkippedFile(path_of(path), _text("reason", reason), _truth("is_trouble", is_trouble))


def path_of(value: Any) -> Path:
    """A path; names that are not Unicode come back as they were."""
    if type(value) is not bytes or not value or b"\0" in value:
        raise _nonsense("path", value)
    return Path(os.fsdecode(value))


def table_row_of(row: Row) -> TableRow:
    """The photo of `FACT_COLUMNS` with the face, or none, of `FACE_COLUMNS`."""
    facts, face = photo_facts_of(row[:_FACT_COUNT]), face_of(row[_FACT_COUNT:])
    if face is not None and face.span is not None:
        facts = replace(facts, frame_s=face.span.frame_s)
    found = TableRow(facts, face)
    if found.face is None:
        face_count = row[_FACT_COUNT - 1]
        integer("face_count", face_count, 0, 0)  # else its faces are lost
    return found


def correction_of(row: Row) -> Correction:
    """The correction of age and gender."""
    age_years, gender = row
    return Correction(
        _optional_real("corrected_age", age_years, 0, MAX_AGE_YEARS),
        gender_of("corrected_gender", gender),
    )


def change_of(row: Row) -> tuple[Correction, Presence]:
    """What a face was before a change, of age, gender and presence."""
    *correction, presence = row
    return correction_of(tuple(correction)), presence_of(presence)


def presence_of(value: Any) -> Presence:
    """Whether a face counts."""
    return _member("presence", value, Presence)


def gender_of(name: str, value: Any) -> Gender | None:
    """A gender; None where the model gives none."""
    return None if value is None else _member(name, value, Gender)


def photo_facts_of(row: Row) -> PhotoFacts:
    """The photo of `FACT_COLUMNS`."""
    photo_id, path, state, error, width_px, height_px, *others = row
    size_bytes, mtime_ns, note, is_video, face_count = others
    integer("face_count", face_count)
    facts = PhotoFacts(
        integer("id", photo_id, 1),
        path_of(path),
        _member("state", state, PhotoState),
        None if error is None else _text("error", error),
        integer("width_px", width_px, 0, LONGEST_SIDE_PX),
        integer("height_px", height_px, 0, LONGEST_SIDE_PX),
        integer("size_bytes", size_bytes),
        integer("mtime_ns", mtime_ns, -_MAX_INTEGER),
        None if note is None else _text("note", note),
        face_count,
        _truth("is_video", is_video),
    )
    if (facts.error is None) is (facts.state is PhotoState.FAILED):
        raise _nonsense("error", error)
    return facts


def face_of(row: Row) -> LabelledFace | None:
    """The face of `FACE_COLUMNS`; None where a photo has none."""
    face_id, number, left, top, right, bottom, score, landmarks = row[:8]
    if face_id is None:
        return None
    age, low, high, female_probability, gender, quality, *correction, box_by, presence = row[8:-3]
    presence_of(presence)
    return LabelledFace(
        id=integer("id", face_id, 1),
        number=integer("number", number, 1),
        face=Face(
            box=box_of((left, top, right, bottom)),
            score=_real("score", score, 0, 1),
            estimate=estimate_of((age, low, high, female_probability)),
            gender=gender_of("gender", gender),
            quality=_optional_real("quality", quality, 0, 1),
        ),
        landmarks=_landmarks(landmarks),
        correction=correction_of(tuple(correction)),
        box_by=_member("box_by", box_by, BoxBy),
        span=_span(row[-3:]),
    )


def estimate_of(row: Row) -> Estimate:
    """The estimate of age, its lower and upper end, and how surely it is female."""
    age, low, high, female_probability = row
    return Estimate(
        _optional_real("age", age, 0, MAX_ESTIMATE_YEARS),
        _optional_real("age_low", low, 0, MAX_ESTIMATE_YEARS),
        _optional_real("age_high", high, 0, MAX_ESTIMATE_YEARS),
        _optional_real("female_probability", female_probability, 0, 1),
    )


def video_time_of(value: Any) -> float | None:
    """When a frame of a video is, in s; None in a photo."""
    return _optional_real("frame_s", value, 0, _MAX_VIDEO_S)


def _span(row: Row) -> FaceSpan | None:
    """The span of first, last and best second; None in a photo."""
    if row == (None, None, None):
        return None
    names = ("from_s", "to_s", "frame_s")
    times_s = [
        _real(name, time_s, 0, _MAX_VIDEO_S) for name, time_s in zip(names, row, strict=True)
    ]
    return FaceSpan(*times_s)


def box_of(row: Row) -> Box:
    """The box of left, top, right and bottom."""
    names = ("left", "top", "right", "bottom")
    edges = [
        _real(name, edge, -_MAX_FACE_PX, _MAX_FACE_PX)
        for name, edge in zip(names, row, strict=True)
    ]
    if edges[0] > edges[2] or edges[1] > edges[3]:
        raise _nonsense("box", edges)
    return Box(*edges)


def _landmarks(value: Any) -> np.ndarray[Any, np.dtype[np.float32]]:
    if type(value) is not bytes or len(value) != _LANDMARKS * 2 * 4:
        raise _nonsense("landmarks", value)
    landmarks = np.frombuffer(value, "<f4").reshape(-1, 2).astype(np.float32)
    if not (np.isfinite(landmarks).all() or np.isnan(landmarks).all()):
        raise _nonsense("landmarks", value)
    return landmarks


def _truth(name: str, value: Any) -> bool:
    return bool(integer(name, value, 0, 1))


def _real(name: str, value: Any, least: float, most: float) -> float:
    if type(value) not in (float, int) or not math.isfinite(value) or not least <= value <= most:
        raise _nonsense(name, value)
    return float(value)


def _optional_real(name: str, value: Any, least: float, most: float) -> float | None:
    return None if value is None else _real(name, value, least, most)


def _text(name: str, value: Any, most: int = _MAX_LETTERS) -> str:
    if type(value) is not str or len(value) > most:
        raise _nonsense(name, value)
    return value


def _member(name: str, value: Any, kind: Callable[[str], Value]) -> Value:
    try:
        return kind(value)
    except ValueError:
        raise _nonsense(name, value) from None


def _parsed(
    name: str, value: Any, parse: Callable[[str], Value], most: int = _MAX_LETTERS
) -> Value:
    """What `parse` makes of a JSON text."""
    try:
        return parse(_text(name, value, most))
    except (VisageError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _nonsense(name, value) from None


def _roots(text: str) -> tuple[Path, ...]:
    roots = json.loads(text)
    if type(roots) is not list:
        raise ValueError(roots)
    return tuple(path_of(os.fsencode(root)) for root in roots)


def _nonsense(name: str, value: Any) -> NonsenseError:
    return NonsenseError(f"{name} is {_short.repr(value)}")
