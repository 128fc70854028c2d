from pathlib import Path

import numpy as np
import pytest

from tests.training.made_up_faces import draw_chip, write_chips
from training.__main__ import main
from training.data.audit import audit_chips
from training.data.augmentation import AUGMENTATIONS, CAMERA, REPORT
from training.data.chip import Chip
from training.pages.augmentation_sheet import sheet
from training.pages.exploration import data_page, gender_shares
from training.pages.plot_style import INK


def test_the_data_has_a_page_with_its_findings_and_every_mix(tmp_path: Path) -> None:
    folder = write_chips(tmp_path / "UTKFace", 30)
    copy = next(folder.iterdir())
    (folder / ("9_" + copy.name.split("_", 1)[1])).write_bytes(copy.read_bytes())
    page = data_page({"UTKFace": audit_chips(folder)})
    text = page.write(tmp_path, "data").read_text(encoding="utf-8")
    assert text.count("<svg") == 3
    assert "groups of the same picture</td><td>1</td>" in text
    assert text.count("<figcaption>1: ") == 2, "both of them are shown, with their labels"
    assert all(f"<code>{name}</code>" in text for name in AUGMENTATIONS)
    assert "random saturation, 0.8 to 1.2" in text


def test_counts_stand_above_their_bars_in_ink() -> None:
    chips = [Chip(Path("c.jpg"), 30, index % 3 == 0, 0) for index in range(9)]
    figure = gender_shares(chips)
    assert [text.get_text() for text in figure.axes[0].texts] == ["6\n66.7 %", "3\n33.3 %"]
    assert {text.get_color() for text in figure.axes[0].texts} == {INK}
    assert figure.axes[0].get_ylim()[1] > 7


def test_the_sheet_shows_one_chip_through_every_step_of_a_mix() -> None:
    chip = draw_chip(40, True, np.random.default_rng(0))
    shown = sheet(chip, REPORT)
    words = [picture.above for picture in shown]
    assert words[:3] == ["the chip", "random flip, left to right", "random flip, up to down"]
    assert words[-4:] == ["all together"] * 4
    plain = shown[0].image.astype(int)
    assert all(np.abs(picture.image - plain).mean() > 1 for picture in shown[1:])
    camera = [picture.above for picture in sheet(chip, CAMERA)]
    assert "turn degrees ±8" in camera
    assert "jpeg in 10%" in camera


def test_explore_writes_the_page_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    chips = write_chips(Path("UTKFace"), 40)
    assert main(["explore", "--data", str(chips), "--out", "page"]) == 0
    assert "data.html" in capsys.readouterr().out
    assert Path("page", "data.html").is_file()


def test_chips_that_cannot_be_read_are_left_out_of_the_page_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    chips = write_chips(Path("UTKFace"), 4)
    for chip in sorted(chips.iterdir())[:2]:
        chip.write_text("no picture")
    assert main(["explore", "--data", str(chips), "--out", "page"]) == 0
    text = Path("page/data.html").read_text(encoding="utf-8")
    assert "<td>unreadable</td><td>2</td>" in text
    assert "2 chips by gender" in text
    for chip in chips.iterdir():
        chip.write_text("no picture")
    assert main(["explore", "--data", str(chips), "--out", "page"]) == 1
    assert capsys.readouterr().err == "No chip of UTKFace can be read.\n"
