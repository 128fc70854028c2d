"""Which rows of a job are wanted, and in which order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.batch.face_row import CORRECTED
from core.doubt import DOUBTFUL_BELOW
from core.text import search_text
from core.types import Gender


class RowKind(StrEnum):
    """What a row shows: a face, or a photo without one and why."""

    FACE = "face"
    NO_FACE = "no face"
    ERROR = "error"
    WAITING = "waiting"


class RowOrder(StrEnum):
    """What rows are sorted by; equal ones stay in the order of the scan."""

    SCAN = "scan"
    FILE = "file"
    TIME = "time"
    AGE = "age"
    GENDER = "gender"
    CERTAINTY = "certainty"
    DISTANCE = "distance"
    OTHER_AGE = "other age"
    """Both of the job that this one is compared with: see core/batch/comparison.py."""


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A choice among the rows; the default lets all of them pass.

    Ages and genders are those shown: the corrected ones where there are any. Asking for an age
    or a gender leaves out every row that has none.

    Attributes:
        min_age_years: this age as it is shown, and above.
        max_age_years: up to this age as it is shown.
        genders: any of these; empty for all. `Gender.UNSURE` is one of them.
        kinds: any of these; empty for all.
        text: a part of the path, in capitals or not.
        corrected_only: only faces that a person corrected, or whose box a person drew.
        is_doubtful: only faces whose estimate is doubtful, or only those whose is not; None for
            both. A corrected face is not doubtful.
    """

    min_age_years: float | None = None
    max_age_years: float | None = None
    genders: frozenset[Gender] = frozenset()
    kinds: frozenset[RowKind] = frozenset()
    text: str = ""
    corrected_only: bool = False
    is_doubtful: bool | None = None

    def to_sql(self) -> tuple[str, list[Any]]:
        """A condition over `photo` and `face`, and the values of its question marks."""
        conditions: list[str] = ["1"]
        values: list[Any] = []
        if self.min_age_years is not None:
            conditions.append(f"{SHOWN_YEARS} >= ?")
            values.append(self.min_age_years)
        if self.max_age_years is not None:
            conditions.append(f"{SHOWN_YEARS} <= ?")
            values.append(self.max_age_years)
        if self.genders:
            conditions.append(f"{SHOWN_GENDER} IN ({_marks(len(self.genders))})")
            values += sorted(self.genders)
        if self.kinds:
            conditions.append("(" + " OR ".join(_KINDS[kind] for kind in sorted(self.kinds)) + ")")
        if self.text:
            conditions.append("instr(photo.search_path, ?) > 0")
            values.append(search_text(self.text))
        if self.corrected_only:
            conditions.append(f"({CORRECTED} OR box_by = 'hand')")
        if self.is_doubtful is not None:
            conditions.append(DOUBTFUL if self.is_doubtful else f"face.id AND NOT {DOUBTFUL}")
        return " AND ".join(conditions), values


EVERY_ROW = RowFilter()

SHOWN_AGE = "coalesce(corrected_age, age)"
SHOWN_YEARS = (
    f"CASE typeof({SHOWN_AGE}) WHEN 'real' THEN CAST({SHOWN_AGE} + 0.5 AS INTEGER) "
    f"ELSE {SHOWN_AGE} END"
)
"""As `core.shown_age`; what is no number would be 0."""

SHOWN_GENDER = "coalesce(corrected_gender, gender)"

DOUBTFUL = f"(coalesce(quality, 1) < {DOUBTFUL_BELOW} AND NOT {CORRECTED})"
"""Whether a face is doubtful; where there is no face, it is not."""

_KINDS = {
    RowKind.FACE: "face.id IS NOT NULL",
    RowKind.NO_FACE: "(photo.state = 'done' AND face.id IS NULL)",
    RowKind.ERROR: "photo.state = 'failed'",
    RowKind.WAITING: "photo.state = 'waiting'",
}

_HAS_NO_CERTAINTY = f"({CORRECTED} OR (quality IS NULL AND female_probability IS NULL))"
_CERTAINTY = (
    "min(coalesce(quality, 1), coalesce(max(female_probability, 1 - female_probability), 1))"
)
"""As `LabelledFace.certainty`."""

_ORDERS = {
    RowOrder.SCAN: (),
    RowOrder.FILE: ("photo.search_path",),
    RowOrder.TIME: ("from_s IS NULL", "from_s"),
    RowOrder.AGE: (f"{SHOWN_AGE} IS NULL", SHOWN_AGE),
    RowOrder.GENDER: (f"{SHOWN_GENDER} IS NULL", SHOWN_GENDER),
    RowOrder.CERTAINTY: (_HAS_NO_CERTAINTY, _CERTAINTY),
    RowOrder.DISTANCE: (),
    RowOrder.OTHER_AGE: (),
}


def order_sql(order: RowOrder, *, descending: bool) -> str:
    """What follows ORDER BY. Rows without a value come last in either direction."""
    keys = _ORDERS[order]
    if descending and keys:
        keys = (*keys[:-1], f"{keys[-1]} DESC")
    if descending and not keys:
        return "photo.id DESC, face.number DESC"
    return ", ".join((*keys, "photo.id", "face.number"))


def _marks(count: int) -> str:
    return ", ".join("?" * count)
