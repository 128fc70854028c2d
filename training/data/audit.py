"""What is wrong with a set of chips: unreadable files, copies, and labels that disagree."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.adapting.likeness import difference_hash
from core.errors import DataError
from core.types import Image
from training.data.chip import Chip, chip_folder, chip_paths, parse_chip
from training.data.chip_cache import read_chip_image, resize_chips
from training.data.duplicates import duplicate_groups

_SHEET_COLUMNS = 8
_SHEET_ROWS = 12
_THUMBNAIL_PX = 96
_TEXT_PX = 18


@dataclass(frozen=True, slots=True)
class Group:
    """Chips that show the same picture.

    Attributes:
        is_exact: whether the files are equal to the byte.
        age_spread_years: the largest label minus the smallest.
        genders_differ: whether both genders are claimed.
    """

    chips: tuple[Chip, ...]
    is_exact: bool
    age_spread_years: int
    genders_differ: bool

    @property
    def disagrees(self) -> bool:
        return self.age_spread_years > 0 or self.genders_differ


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found.

    Attributes:
        unlabelled: pictures whose names carry no age and gender.
        irregular: chips whose names lack the race field or are misspelt, labels readable.
        unreadable: chips that are no pictures.
        exact_copies: files that equal an earlier one to the byte.
        groups: of two or more chips, the worst disagreement first.
    """

    chips: tuple[Chip, ...]
    unlabelled: tuple[Path, ...]
    irregular: tuple[Chip, ...]
    unreadable: tuple[Chip, ...]
    exact_copies: int
    groups: tuple[Group, ...]

    @property
    def readable(self) -> tuple[Chip, ...]:
        unreadable = set(self.unreadable)
        return tuple(chip for chip in self.chips if chip not in unreadable)


def audit_chips(data_dir: Path) -> Audit:
    """Read every picture of a folder, broken ones too, and compare them all.

    Raises:
        DataError: if there is no labelled chip.
    """
    parsed = [(path, parse_chip(path)) for path in chip_paths(chip_folder(data_dir))]
    chips = tuple(chip for _, chip in parsed if chip is not None)
    if not chips:
        raise DataError(f"{data_dir} holds no chips with labels.")
    unreadable, readable, hashes = [], [], []
    for chip in chips:
        try:
            hashes.append(difference_hash(read_chip_image(chip.path)))
            readable.append(chip)
        except DataError:
            unreadable.append(chip)
    digests = [hashlib.sha256(chip.path.read_bytes()).digest() for chip in readable]
    return Audit(
        chips=chips,
        unlabelled=tuple(path for path, chip in parsed if chip is None),
        irregular=tuple(chip for chip in chips if not is_regular(chip)),
        unreadable=tuple(unreadable),
        exact_copies=len(digests) - len(set(digests)),
        groups=_groups(readable, hashes, digests),
    )


def is_regular(chip: Chip) -> bool:
    """Whether a name is `age_gender_race_date.jpg.chip.jpg` with a date of 17 digits."""
    date = chip.name.split("_")[-1].removesuffix(".jpg.chip.jpg")
    return chip.race is not None and len(date) == 17 and date.isdigit()


def audit_table(audit: Audit) -> str:
    """The counts as lines of text."""
    return "\n".join(f"{name:<28} {value}" for name, value in audit_rows(audit).items())


def disagreements(audit: Audit) -> list[Group]:
    """The groups of the same picture whose labels disagree, the worst first."""
    return [group for group in audit.groups if group.disagrees]


def audit_rows(audit: Audit) -> dict[str, str]:
    """The counts, as words and values."""
    disagreeing = disagreements(audit)
    ages = np.array([chip.age_years for chip in audit.chips if chip.age_years is not None])
    women = np.array([chip.is_female for chip in audit.chips if chip.is_female is not None])
    partly = [chip for chip in audit.chips if chip.age_years is None or chip.is_female is None]
    return {
        "labelled chips": str(len(audit.chips)),
        "without exact age or gender": str(len(partly)),
        "men, women": f"{1 - women.mean():.1%}, {women.mean():.1%}" if len(women) else "-",
        "mean age": f"{ages.mean():.1f} years, {ages.min()}-{ages.max()}" if len(ages) else "-",
        "pictures without labels": str(len(audit.unlabelled)),
        "irregular names": str(len(audit.irregular)),
        "unreadable": str(len(audit.unreadable)),
        "exact copies": str(audit.exact_copies),
        "groups of the same picture": str(len(audit.groups)),
        "of these with other labels": str(len(disagreeing)),
        "  by gender": str(sum(group.genders_differ for group in disagreeing)),
        "  by ten years or more": str(sum(g.age_spread_years >= 10 for g in disagreeing)),
    }


def write_csv(audit: Audit, path: Path) -> None:
    """One row for each file with a finding: what, its group, and the name."""
    with path.open("w", encoding="utf-8", newline="", errors="surrogateescape") as file:
        writer = csv.writer(file)
        writer.writerow(["finding", "group", "age_years", "gender", "file"])
        for finding, chips in (("unreadable", audit.unreadable), ("irregular", audit.irregular)):
            writer.writerows([finding, "", *_labels(chip), chip.name] for chip in chips)
        writer.writerows(["unlabelled", "", "", "", file.name] for file in audit.unlabelled)
        for number, group in enumerate(audit.groups, start=1):
            kind = "exact copy" if group.is_exact else "near copy"
            finding = f"{kind}, labels disagree" if group.disagrees else kind
            writer.writerows([finding, number, *_labels(chip), chip.name] for chip in group.chips)


def write_contact_sheet(audit: Audit, path: Path) -> bool:
    """The groups that disagree most, side by side, each chip with its label, as PNG or JPEG.

    Returns:
        False, and nothing is written, if none disagrees.
    """
    cells: list[Image] = []
    for group in disagreements(audit):
        row = [_cell(chip) for chip in group.chips[:_SHEET_COLUMNS]]
        if len(cells) + len(row) <= _SHEET_COLUMNS * _SHEET_ROWS:
            cells += row
    if not cells:
        return False
    blank = np.full_like(cells[0], 255)
    cells += [blank] * (-len(cells) % _SHEET_COLUMNS)
    rows = [
        np.concatenate(cells[start : start + _SHEET_COLUMNS], axis=1)
        for start in range(0, len(cells), _SHEET_COLUMNS)
    ]
    _, data = cv2.imencode(path.suffix, np.concatenate(rows)[..., ::-1])
    path.write_bytes(data.tobytes())
    return True


def _groups(
    chips: Sequence[Chip], hashes: Sequence[NDArray[np.bool_]], digests: Sequence[bytes]
) -> tuple[Group, ...]:
    if not chips:
        return ()
    members: dict[int, list[int]] = defaultdict(list)
    for index, number in enumerate(duplicate_groups(np.stack(hashes)).tolist()):
        members[number].append(index)
    groups = [
        _group([chips[i] for i in indices], len({digests[i] for i in indices}) == 1)
        for indices in members.values()
        if len(indices) > 1
    ]
    return tuple(sorted(groups, key=lambda g: (-g.genders_differ, -g.age_spread_years)))


def _group(chips: Sequence[Chip], is_exact: bool) -> Group:
    ages = [chip.age_years for chip in chips if chip.age_years is not None]
    genders = {chip.is_female for chip in chips if chip.is_female is not None}
    return Group(
        tuple(chips), is_exact, max(ages, default=0) - min(ages, default=0), len(genders) > 1
    )


def _labels(chip: Chip) -> tuple[str, str]:
    """Age and gender as words; empty where they are not known."""
    years = "-".join(str(year) for year in sorted(set(chip.years or ())))
    return years, "" if chip.is_female is None else "female" if chip.is_female else "male"


def _cell(chip: Chip) -> Image:
    picture = resize_chips(read_chip_image(chip.path)[None], _THUMBNAIL_PX)[0]
    strip = np.full((_TEXT_PX, _THUMBNAIL_PX, 3), 255, np.uint8)
    years, gender = _labels(chip)
    text = f"{years} {gender[:1].upper()}"
    cv2.putText(strip, text, (4, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 1, cv2.LINE_AA)
    return np.pad(np.concatenate([picture, strip]), ((2, 2), (2, 2), (0, 0)), constant_values=255)
