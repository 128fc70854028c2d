"""UTKFace as it is on disk: chips whose names carry age, gender and race field."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import DataError

CHIP_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
MAX_AGE_YEARS = 116
FEMALE = 1


@dataclass(frozen=True, slots=True)
class Chip:
    """One aligned face of 200 x 200 px with its labels.

    Attributes:
        is_female: as the name says; UTKFace writes 1 for female, 0 for male.
        race: the name's race field, 0-4; None where the name lacks it.
    """

    path: Path
    age_years: int
    is_female: bool
    race: int | None

    @property
    def name(self) -> str:
        return self.path.name


def read_chips(data_dir: Path) -> tuple[Chip, ...]:
    """The labelled chips of a folder (or of its subfolder `UTKFace`), sorted by name.

    Files whose names carry no label are passed over.

    Raises:
        DataError: if the folder is missing or holds no chip.
    """
    folder = chip_folder(data_dir)
    paths = sorted(
        (path for path in folder.iterdir() if path.suffix.lower() in CHIP_SUFFIXES),
        key=lambda path: path.name,
    )
    chips = tuple(chip for path in paths if (chip := parse_chip(path)) is not None)
    if not chips:
        raise DataError(
            f"{folder} holds no UTKFace chips. Their names look like "
            "34_1_0_20170104165020320.jpg.chip.jpg."
        )
    return chips


def chip_folder(data_dir: Path) -> Path:
    """`data_dir`, or its subfolder `UTKFace`.

    Raises:
        DataError: if the folder is missing.
    """
    if not data_dir.is_dir():
        raise DataError(f"There is no folder {data_dir}. --data takes the folder UTKFace.")
    return data_dir / "UTKFace" if (data_dir / "UTKFace").is_dir() else data_dir


def parse_chip(path: Path) -> Chip | None:
    """Read the labels from a name; None if it carries none.

    Age and gender, the first two fields, are right in every name of the set. The race field is
    missing in a few, where the date stands in its place.
    """
    fields = path.name.split("_")
    if len(fields) < 3 or not (fields[0].isdigit() and fields[1] in {"0", "1"}):
        return None
    age_years = int(fields[0])
    if age_years > MAX_AGE_YEARS:
        return None
    has_race = len(fields[2]) == 1 and fields[2] in "01234"
    return Chip(path, age_years, int(fields[1]) == FEMALE, int(fields[2]) if has_race else None)
