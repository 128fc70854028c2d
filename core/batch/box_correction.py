"""Boxes by hand: a missed face added, a false one deleted, one drawn anew.

Nothing that a detector answered is lost: a face that is deleted or drawn anew stays in the store
and is no longer shown (`core.batch.record.Presence`). Each change is taken back by
`core.batch.correction.undo_correction`. What a model says of a box is asked before:
core/batch/drawn_face.py.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from core.batch.correction import next_gesture, note_before, photos_with
from core.batch.database import Database
from core.batch.face_row import (
    IS_SHOWN,
    boxes_of,
    frames_of,
    insert_drawn_face,
    is_same_face,
    number_again,
)
from core.batch.record import Presence
from core.errors import BoxError, StoreError
from core.types import Box, Detection, Face

MIN_SIDE_PX = 16
"""Of a box, in px of the photo at full size: in less, a model sees no age."""

_ROUNDING_PX = 0.5
"""What the sentence of a box leaves out: one that it would say is large enough is."""

_MARGIN_PX = 1.0


def check_box(box: Box, width_px: int, height_px: int, others: Iterable[Box] = ()) -> None:
    """Make sure that a box may be a face's.

    Args:
        width_px: of the photo at full size; so is the box.
        height_px: likewise.
        others: the boxes of the photo's other faces.

    Raises:
        BoxError: if it is too small, reaches beyond the photo, or covers another face.
    """
    if not min(box.width, box.height) >= MIN_SIDE_PX - _ROUNDING_PX:
        raise BoxError(
            f"A face needs a box of {MIN_SIDE_PX} px or more in the photo; "
            f"this one has {max(box.width, 0):.0f} × {max(box.height, 0):.0f} px."
        )
    is_left, is_above = box.left < -_MARGIN_PX, box.top < -_MARGIN_PX
    is_right, is_below = box.right > width_px + _MARGIN_PX, box.bottom > height_px + _MARGIN_PX
    if is_left or is_above or is_right or is_below:
        raise BoxError(f"The box reaches beyond the photo of {width_px} × {height_px} px.")
    if any(is_same_face(box, other) for other in others):
        raise BoxError("There is a face already. Draw its box anew, or delete it first.")


def add_face(database: Database, photo_id: int, detection: Detection, face: Face) -> int:
    """Add a face that the detector missed.

    Args:
        detection: in px of the photo at full size.
        face: the same with its estimate; see `FaceDrawer`.

    Returns:
        The id of the new face.

    Raises:
        BoxError: as `check_box`.
        StoreError: if the photo is not labelled, or not there any more.
    """
    database.back_up_daily()
    with database.transaction() as connection:
        _check(connection, photo_id, face.box, None)
        return _insert(connection, photo_id, detection, face, next_gesture(connection))


def redraw_face(database: Database, face_id: int, detection: Detection, face: Face) -> int:
    """Put a box by hand in the place of a face's; what was corrected of it stays.

    Args:
        detection: in px of the photo at full size.
        face: the same with its estimate; see `FaceDrawer`.

    Returns:
        The id of the face with the new box; the one with the old is kept, and not shown.

    Raises:
        BoxError: as `check_box`.
        StoreError: if the face is not there any more.
    """
    database.back_up_daily()
    with database.transaction() as connection:
        photo_id = _photo_of(connection, face_id)
        _check(connection, photo_id, face.box, face_id)
        gesture = next_gesture(connection)
        _change_presence(connection, face_id, Presence.COVERED, gesture)
        new_id = _insert(connection, photo_id, detection, face, gesture)
        connection.execute(
            "UPDATE face SET (corrected_age, corrected_gender) = "
            "(SELECT corrected_age, corrected_gender FROM face WHERE id = ?) WHERE id = ?",
            (face_id, new_id),
        )
        return new_id


def remove_faces(database: Database, face_ids: Sequence[int]) -> tuple[int, ...]:
    """Delete faces that are none: they leave table, statistics and exports.

    Returns:
        The ids of their photos.

    Raises:
        StoreError: if one is not there any more.
    """
    database.back_up_daily()
    with database.transaction() as connection:
        gesture = next_gesture(connection)
        for face_id in face_ids:
            _change_presence(connection, face_id, Presence.REMOVED, gesture)
        photo_ids = photos_with(connection, face_ids)
        for photo_id in photo_ids:
            number_again(connection, photo_id)
        return tuple(photo_ids)


def bring_back_faces(database: Database, photo_ids: Iterable[int]) -> tuple[int, ...]:
    """Show the deleted faces of photos again, but for those in whose place there is one now.

    Returns:
        The ids of the faces that came back.
    """
    back: list[int] = []
    database.back_up_daily()
    with database.transaction() as connection:
        gesture = next_gesture(connection)
        for photo_id in photo_ids:
            frames_s = frames_of(connection, photo_id)
            shown = boxes_of(connection, photo_id, IS_SHOWN)
            removed = boxes_of(connection, photo_id, "presence = 'removed'")
            for face_id, box in sorted(removed.items(), reverse=True):
                frame_s = frames_s[face_id]
                beside = (other for key, other in shown.items() if frames_s[key] == frame_s)
                if not any(is_same_face(box, other) for other in beside):
                    _change_presence(connection, face_id, Presence.SHOWN, gesture)
                    shown[face_id] = box
                    back.append(face_id)
            number_again(connection, photo_id)
    return tuple(back)


def _change_presence(
    connection: sqlite3.Connection, face_id: int, presence: Presence, gesture: int
) -> None:
    note_before(connection, face_id, gesture)
    connection.execute("UPDATE face SET presence = ? WHERE id = ?", (presence, face_id))


def _insert(
    connection: sqlite3.Connection, photo_id: int, detection: Detection, face: Face, gesture: int
) -> int:
    """A face that was not there before: taking that back lets it go again."""
    face_id = insert_drawn_face(connection, photo_id, detection, face)
    _change_presence(connection, face_id, Presence.SHOWN, gesture)
    number_again(connection, photo_id)
    return face_id


def _check(connection: sqlite3.Connection, photo_id: int, box: Box, redrawn_id: int | None) -> None:
    row = connection.execute(
        "SELECT state, width_px, height_px FROM photo WHERE id = ?", (photo_id,)
    ).fetchone()
    if row is None:
        raise StoreError("This photo was deleted with its job.")
    state, width_px, height_px = row
    if state != "done":
        raise BoxError("This photo is not labelled yet. Wait for it, then draw faces.")
    shown = boxes_of(connection, photo_id, IS_SHOWN)
    others = [other for face_id, other in shown.items() if face_id != redrawn_id]
    check_box(box, width_px, height_px, others)


def _photo_of(connection: sqlite3.Connection, face_id: int) -> int:
    photo_ids = photos_with(connection, [face_id])
    if not photo_ids:
        raise StoreError("This face was deleted with its job.")
    return photo_ids[0]
