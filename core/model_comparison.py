"""Two models' answers for the same picture, face by face."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.types import Face, years_apart

SAME_FACE_IOU = 0.5


@dataclass(frozen=True, slots=True)
class ComparedFace:
    """One face as two models see it; at least one of them does.

    Attributes:
        first: the first model's answer; None if it was not given this face.
        second: the second model's.
    """

    first: Face | None
    second: Face | None

    @property
    def years_apart(self) -> float | None:
        """How much older the second model takes the face for; None if not both say an age."""
        if self.first is None or self.second is None:
            return None
        return years_apart(self.first.estimate, self.second.estimate)

    @property
    def box_face(self) -> Face:
        """A face that says where it is."""
        face = self.first or self.second
        assert face is not None
        return face


def compare_faces(first: Sequence[Face], second: Sequence[Face]) -> tuple[ComparedFace, ...]:
    """Pair the faces that lie in the same place; the others stand alone."""
    left = list(second)
    compared = []
    for face in first:
        partner = max(left, key=lambda other: _overlap(face, other), default=None)
        if partner is not None and _overlap(face, partner) >= SAME_FACE_IOU:
            left.remove(partner)
        else:
            partner = None
        compared.append(ComparedFace(face, partner))
    return (*compared, *(ComparedFace(None, face) for face in left))


def _overlap(one: Face, other: Face) -> float:
    return one.box.intersection_over_union(other.box)
