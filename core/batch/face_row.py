"""How faces lie in the store, and what the statements about them have in common."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from core.batch.stored_row import box_of, integer, video_time_of
from core.types import Box, Detection, Estimate, Face, FaceSpan

ESTIMATED_COLUMNS = (
    "left, top, right, bottom, score, landmarks, "
    "age, age_low, age_high, female_probability, gender, quality, from_s, to_s, frame_s"
)
"""What a detector and a model say of a face."""

_MARKS = ", ".join("?" * (ESTIMATED_COLUMNS.count(",") + 1))

IS_SHOWN = "face.presence = 'shown'"
"""Whether a face counts: no person removed it, or drew another box in its place."""

PHOTOS_WITH_FACES = f"photo LEFT JOIN face ON face.photo_id = photo.id AND {IS_SHOWN}"
"""A row for each face of a photo, or one where it has none."""

CORRECTED = "(corrected_age IS NOT NULL OR corrected_gender IS NOT NULL)"

TOUCHED_BY_HAND = f"({CORRECTED} OR box_by = 'hand' OR presence <> 'shown')"
"""Whether a face holds what only a person knows."""

_SAME_FACE_OVERLAP = 0.3


def is_same_face(one: Box, other: Box) -> bool:
    """Whether two boxes mean one face: intersection over union of 0.3 or more."""
    return one.intersection_over_union(other) >= _SAME_FACE_OVERLAP


def boxes_of(connection: sqlite3.Connection, photo_id: int, condition: str = "1") -> dict[int, Box]:
    """The boxes of a photo's faces by their ids, in the order of their numbers."""
    rows = connection.execute(
        "SELECT id, left, top, right, bottom FROM face "
        f"WHERE photo_id = ? AND {condition} ORDER BY number",
        (photo_id,),
    ).fetchall()
    return {integer("id", face_id, 1): box_of(tuple(edges)) for face_id, *edges in rows}


def frames_of(connection: sqlite3.Connection, photo_id: int) -> dict[int, float | None]:
    """Of which second of a video each face's box is, by their ids; None in a photo."""
    rows = connection.execute("SELECT id, frame_s FROM face WHERE photo_id = ?", (photo_id,))
    return {face_id: video_time_of(frame_s) for face_id, frame_s in rows}


def number_again(connection: sqlite3.Connection, photo_id: int) -> None:
    """Number the faces of a photo from 1, from left to right; then those that are not shown.

    In a video they are numbered in order of appearance.
    """
    faces = connection.execute(
        f"SELECT id, {IS_SHOWN} FROM face WHERE photo_id = ? ORDER BY 2 DESC, from_s, left, id",
        (photo_id,),
    ).fetchall()
    # Numbers are unique at every moment.
    connection.execute("UPDATE face SET number = -1000000 - id WHERE photo_id = ?", (photo_id,))
    connection.executemany(
        "UPDATE face SET number = ? WHERE id = ?",
        [(number, face_id) for number, (face_id, _) in enumerate(faces, 1)],
    )
    shown_count = sum(is_shown == 1 for _, is_shown in faces)
    connection.execute("UPDATE photo SET face_count = ? WHERE id = ?", (shown_count, photo_id))


def insert_faces(
    connection: sqlite3.Connection,
    photo_id: int,
    faces: Sequence[tuple[Detection, Face]],
    spans: Sequence[FaceSpan] = (),
) -> None:
    """Store the faces that a detector found in a photo, numbered as they come.

    Args:
        spans: of a video, one for each face.
    """
    given: Sequence[FaceSpan | None] = spans or [None] * len(faces)
    connection.executemany(
        f"INSERT INTO face (photo_id, number, {ESTIMATED_COLUMNS}) VALUES (?, ?, {_MARKS})",
        [
            (photo_id, number, *_values(detection, face, span))
            for number, ((detection, face), span) in enumerate(zip(faces, given, strict=True), 1)
        ],
    )


def insert_drawn_face(
    connection: sqlite3.Connection, photo_id: int, detection: Detection, face: Face
) -> int:
    """Store a face whose box a person drew, not shown yet and without a number; its id."""
    cursor = connection.execute(
        f"INSERT INTO face (photo_id, number, {ESTIMATED_COLUMNS}, box_by, presence) "
        f"VALUES (?, -1, {_MARKS}, 'hand', 'removed')",
        (photo_id, *_values(detection, face, None)),
    )
    return integer("id", cursor.lastrowid, 1)


def update_estimates(connection: sqlite3.Connection, faces: Mapping[int, Face]) -> None:
    """What a model says now of faces that are there, by their ids."""
    connection.executemany(
        "UPDATE face SET (age, age_low, age_high, female_probability, gender, quality) = "
        "(?, ?, ?, ?, ?, ?) WHERE id = ?",
        [(*_estimate_values(face), face_id) for face_id, face in faces.items()],
    )


def _values(detection: Detection, face: Face, span: FaceSpan | None) -> tuple[Any, ...]:
    """Of `ESTIMATED_COLUMNS`."""
    times_s = (None,) * 3 if span is None else (span.from_s, span.to_s, span.frame_s)
    return (*_place_values(detection, face), *_estimate_values(face), *times_s)


def _place_values(detection: Detection, face: Face) -> tuple[Any, ...]:
    box = face.box
    return (
        *(float(edge_px) for edge_px in (box.left, box.top, box.right, box.bottom)),
        float(face.score),
        detection.landmarks.astype("<f4", copy=False).tobytes(),
    )


def _estimate_values(face: Face) -> tuple[Any, ...]:
    estimate = face.estimate or Estimate()
    return (
        estimate.age_years,
        estimate.age_low_years,
        estimate.age_high_years,
        estimate.female_probability,
        None if face.gender is None else face.gender.value,
        face.quality,
    )
