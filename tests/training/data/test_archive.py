import tarfile
from pathlib import Path

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
