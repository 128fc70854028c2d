import csv
import gzip
import shutil
import tarfile
from pathlib import Path

import pytest

from core.errors import DataError
from tests.training.made_up_faces import write_chips
from training.data.archive import open_data
from training.data.audit import audit_chips, audit_table, write_contact_sheet, write_csv


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    """Ten chips; a copy with the same age, one with another age and gender, and three bad names."""
    folder = write_chips(tmp_path / "UTKFace", 10)
    first, second = sorted(folder.iterdir())[:2]
    age, gender = first.name.split("_")[:2]
    shutil.copy(first, folder / f"{age}_{gender}_2_20180000000000001.jpg.chip.jpg")
    shutil.copy(
        second, folder / f"88_{1 - int(second.name.split('_')[1])}_0_20180000000000002.jpg.chip.jpg"
    )
    shutil.copy(sorted(folder.iterdir())[4], folder / "holiday.jpg")
    (folder / "30_1_0_20180000000000003.jpg.chip.jpg").write_bytes(b"no picture")
    (folder / "31_1_20180000000000004.jpg.chip.jpg").write_bytes(b"no picture either")
    return folder


def test_copies_broken_files_and_bad_names_are_counted(flawed: Path) -> None:
    audit = audit_chips(flawed)
    assert len(audit.chips) == 14
    assert [path.name for path in audit.unlabelled] == ["holiday.jpg"]
    assert [chip.age_years for chip in audit.unreadable] == [30, 31]
    assert [chip.age_years for chip in audit.irregular] == [31]
    assert audit.exact_copies == 2
    worst, other = audit.groups
    assert worst.is_exact
    assert worst.genders_differ
    assert worst.disagrees
    assert not other.disagrees
    assert "exact copies                 2" in audit_table(audit)


def test_findings_are_written_as_rows_and_the_worst_as_a_picture(
    flawed: Path, tmp_path: Path
) -> None:
    audit = audit_chips(flawed)
    write_csv(audit, tmp_path / "audit.csv")
    with (tmp_path / "audit.csv").open(encoding="utf-8", newline="") as file:
        findings = [row["finding"] for row in csv.DictReader(file)]
    assert sorted(findings) == sorted(
        ["unreadable"] * 2
        + ["irregular", "unlabelled"]
        + ["exact copy, labels disagree"] * 2
        + ["exact copy"] * 2
    )
    write_contact_sheet(audit, tmp_path / "audit.jpg")
    assert (tmp_path / "audit.jpg").stat().st_size > 1000


def test_a_folder_of_nothing_but_broken_files_is_audited_too(tmp_path: Path) -> None:
    (tmp_path / "40_1_2_20170104165020320.jpg.chip.jpg").touch()
    (tmp_path / "41_1_2_20170104165020321.jpg.chip.jpg").write_bytes(b"no picture")
    audit = audit_chips(tmp_path)
    assert len(audit.unreadable) == 2
    assert audit.groups == ()


def test_the_official_archive_is_unpacked_once(flawed: Path, tmp_path: Path) -> None:
    archive = tmp_path / "UTKFace.tar.gz"
    with tarfile.open(archive, "w:gz") as files:
        files.add(flawed, "UTKFace")
    folder = open_data(archive, tmp_path / "cache")
    assert len(audit_chips(folder).chips) == 14
    (folder / "mark").touch()
    assert open_data(archive, tmp_path / "cache") == folder
    assert (folder / "mark").exists()
    assert open_data(flawed, tmp_path / "cache") == flawed


def test_an_archive_writes_nowhere_but_into_its_folder(flawed: Path, tmp_path: Path) -> None:
    archive = tmp_path / "UTKFace.tar.gz"
    with tarfile.open(archive, "w:gz") as files:
        chip = sorted(flawed.iterdir())[0]
        files.add(chip, f"../../{chip.name}")
        files.add(chip, f"UTKFace/._{chip.name}")
    folder = open_data(archive, tmp_path / "deep" / "cache")
    assert [path.name for path in folder.iterdir()] == [chip.name]
    assert not (tmp_path / chip.name).exists()


def test_a_broken_archive_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "UTKFace.tar.gz").write_bytes(b"no archive")
    with pytest.raises(DataError, match="cannot be unpacked"):
        open_data(tmp_path / "UTKFace.tar.gz", tmp_path / "cache")
    damaged = bytearray(gzip.compress(bytes(10_000)))
    damaged[20] ^= 0xFF
    (tmp_path / "damaged.tar.gz").write_bytes(damaged)
    with pytest.raises(DataError, match="cannot be unpacked"):
        open_data(tmp_path / "damaged.tar.gz", tmp_path / "cache")
    assert {path.suffix for path in (tmp_path / "cache").iterdir()} == {".lock"}
    with pytest.raises(DataError, match="no folder or archive"):
        open_data(tmp_path / "nowhere", tmp_path / "cache")
