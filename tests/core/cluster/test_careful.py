"""A photo that ends the program is a row, wherever it lies in its part."""

import os
from dataclasses import replace

from core.batch.export.csv_file import COLUMNS, Row
from core.batch.outcome import PhotoFailure
from core.cluster.careful import CarefulLabeller
from core.cluster.part_file import PartFile
from core.cluster.part_labeller import PartLabeller, rows_of_outcome, summed_up
from core.cluster.work import Part
from tests.core.cluster.builders import make_work


class FragileLabeller(PartLabeller):
    """Dies of photos that are called deadly."""

    def __init__(self) -> None:
        """It needs no model."""

    def label(self, part: Part) -> tuple[PartFile, list[Row]]:
        (photo,) = part.photos
        if photo.name == "deadly.jpg":
            os._exit(1)
        outcome = PhotoFailure(0, f"{photo.name} was looked at.")
        found = replace(summed_up(part, [outcome]), faces=2)
        return found, rows_of_outcome(photo, outcome, "tiny")


def test_a_photo_that_ends_the_program_is_passed_over_and_the_others_are_not() -> None:
    part = Part("0" * 24, tuple(make_work("a.jpg", "deadly.jpg", "b.jpg")))
    with CarefulLabeller(FragileLabeller, "tiny") as labeller:
        file, rows = labeller.label(part)
    assert file == PartFile(part.key, photos=3, faces=4, failed=3, unreached=0)
    error = COLUMNS.index("error")
    assert [(row[0], row[error]) for row in rows] == [
        ("a.jpg", "a.jpg was looked at."),
        ("deadly.jpg", "deadly.jpg is passed over: Visage crashed while it read it."),
        ("b.jpg", "b.jpg was looked at."),
    ]
