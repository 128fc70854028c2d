"""Chips as they are on disk: pictures of one aligned face whose names carry their labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import DataError

CHIP_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
MAX_AGE_YEARS = 116
FEMALE = 1
UNKNOWN = "x"


@dataclass(frozen=True, slots=True)
class Chip:
    """One aligned face of 200 x 200 px with its labels; each may be unknown.

    Attributes:
        age_years: None where the name gives none, or a group of ages only.
        is_female: as the name says, where 1 is female and 0 male.
        race: the name's race field, 0-4; None where the name lacks it.
        group_years: the first and the last year of a group of ages.
        collection: the name of the collection that it belongs to.
    """

    path: Path
    age_years: int | None
    is_female: bool | None
    race: int | None
    group_years: tuple[int, int] | None = None
    collection: str = ""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year between which the age is known to lie."""
        return self.group_years if self.age_years is None else (self.age_years, self.age_years)

    @property
    def middle_year(self) -> int | None:
        """The age, or the middle of its group."""
        return sum(self.years) // 2 if self.years else None


def read_chips(data_dir: Path, collection: str = "") -> tuple[Chip, ...]:
    """The labelled chips of a folder (or of its subfolder `UTKFace`), sorted by name.

    Files whose names carry no label are passed over.

    Args:
        collection: what they belong to.

    Raises:
        DataError: if the folder is missing or holds no chip.
    """
    folder = chip_folder(data_dir)
    found = (parse_chip(path, collection) for path in chip_paths(folder))
    chips = tuple(chip for chip in found if chip is not None)
    if not chips:
        raise DataError(
            f"{folder} holds no chips with labels. Their names look like "
            "34_1_0_20170104165020320.jpg.chip.jpg: age, gender (1 for female), race field, number."
        )
    return chips


def chip_folder(data_dir: Path) -> Path:
    """`data_dir`, or its subfolder `UTKFace`.

    Raises:
        DataError: if the folder is missing.
    """
    if not data_dir.is_dir():
        raise DataError(f"There is no folder {data_dir}. --data takes a folder of chips.")
    return data_dir / "UTKFace" if (data_dir / "UTKFace").is_dir() else data_dir


def chip_paths(folder: Path) -> Sequence[Path]:
    """The picture files of a folder, with labels or without, sorted by name."""
    found = (path for path in folder.iterdir() if path.suffix.lower() in CHIP_SUFFIXES)
    return sorted((path for path in found if path.is_file()), key=lambda path: path.name)


def parse_chip(path: Path, collection: str = "") -> Chip | None:
    """Read the labels from a name, `age_gender_race_number` and a suffix; None if it has none.

    Age and gender, the first two fields, are right in every name of UTKFace. The race field is
    missing in a few, where the date stands in its place. In other collections an age may be a
    group, `20-29`, and what is not known is `x`: `x_1_2_0017.png` is a woman of any age.
    """
    fields = path.name.split("_")
    if len(fields) < 3 or fields[1] not in {"0", "1", UNKNOWN}:
        return None
    is_female = None if fields[1] == UNKNOWN else int(fields[1]) == FEMALE
    years = _parse_years(fields[0])
    if years is None and (is_female is None or fields[0] != UNKNOWN):
        return None
    has_race = len(fields[2]) == 1 and fields[2] in "01234"
    race = int(fields[2]) if has_race else None
    if years is None or years[0] < years[1]:
        return Chip(path, None, is_female, race, years, collection)
    return Chip(path, years[0], is_female, race, None, collection)


def _parse_years(field: str) -> tuple[int, int] | None:
    first, _, last = field.partition("-")
    last = last if "-" in field else first
    if not (_is_number(first) and _is_number(last)):
        return None
    years = int(first), int(last)
    return years if years[0] <= years[1] <= MAX_AGE_YEARS else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
