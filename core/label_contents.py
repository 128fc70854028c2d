"""Which of a model's answers are written beside a face; light enough for the window's start."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.types import Estimate, Face


@dataclass(frozen=True, slots=True)
class LabelContents:
    """What a label says.

    Attributes:
        has_age: the age; without it there is no range either.
        has_range: the 80 % range of the age.
        has_gender: the gender and how sure it is.
    """

    has_age: bool = True
    has_range: bool = True
    has_gender: bool = True

    def of(self, face: "Face") -> "Face":
        """The face as if only this were known of it."""
        estimate = face.estimate
        if estimate is None or self == LabelContents():
            return face
        has_range = self.has_age and self.has_range

        def reduced(estimate: "Estimate") -> "Estimate":
            return replace(
                estimate,
                age_years=estimate.age_years if self.has_age else None,
                age_low_years=estimate.age_low_years if has_range else None,
                age_high_years=estimate.age_high_years if has_range else None,
            )

        other = face.other
        if other is not None:
            gender = other.gender if self.has_gender else None
            other = replace(other, estimate=reduced(other.estimate), gender=gender)
        gender = face.gender if self.has_gender else None
        return replace(face, gender=gender, estimate=reduced(estimate), other=other)
