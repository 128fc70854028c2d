import random
import tarfile
from pathlib import Path

import pytest

from core.errors import DataError
from tests.training.made_up_faces import write_chips
from training.data.archive import open_data


def test_two_archives_of_one_name_and_size_are_not_taken_for_each_other(tmp_path: Path) -> None:
    opened = []
    for number in "12":
        folder = tmp_path / number
        chips = write_chips(folder / "chips", 1, seed=0)
        next(chips.iterdir()).rename(chips / f"3{number}_1_0_2017.jpg")
        with tarfile.open(folder / "UTKFace.tar", "w") as archive:
            archive.add(chips, "UTKFace")
        opened.append(open_data(folder / "UTKFace.tar", tmp_path / "cache"))
    sizes = [(tmp_path / number / "UTKFace.tar").stat().st_size for number in "12"]
    assert sizes[0] == sizes[1]
    assert [path.name for folder in opened for path in folder.iterdir()] == [
        "31_1_0_2017.jpg",
        "32_1_0_2017.jpg",
    ]


def test_an_archive_that_is_damaged_in_its_middle_is_a_sentence(tmp_path: Path) -> None:
    noise = tmp_path / "1_1_0_2017.jpg"
    noise.write_bytes(random.Random(0).randbytes(200_000))
    packed = tmp_path / "chips.tar.xz"
    with tarfile.open(packed, "w:xz") as archive:
        archive.add(noise, "a.jpg")
        archive.add(noise, "b.jpg")
    content = bytearray(packed.read_bytes())
    content[100_000:100_100] = bytes(100)
    packed.write_bytes(content)
    with pytest.raises(DataError, match="cannot be unpacked"):
        open_data(packed, tmp_path / "cache")


def test_a_name_in_an_archive_that_no_file_can_have_is_a_sentence(tmp_path: Path) -> None:
    packed = tmp_path / "chips.tar"
    with tarfile.open(packed, "w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("a.jpg")
        member.pax_headers = {"path": "a\0.jpg"}
        archive.addfile(member)
    with pytest.raises(DataError, match="cannot be unpacked"):
        open_data(packed, tmp_path / "cache")
