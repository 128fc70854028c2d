"""Makes the sheets in docs/screenshots/sheets: each scene in every size, language and look.

    python docs/make_sheets.py [--pictures FOLDER] [SCENE…]

All scenes, if none is named. FOLDER keeps the pictures in full size, to be looked at; what is there
already is not made again. Needs Xvfb, with `xvfb-run`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from scenes import SCENES

SHEETS = Path(__file__).resolve().parent / "screenshots" / "sheets"
LANGUAGES = {"en": "English", "fr": "French"}
COLOURS = ("light", "dark")
TILE_WIDTH_PX = 512
MOST_OF_A_DIALOG = 0.5
GAP_PX = 16
CAPTION_PX = 24
BACKGROUND, INK = "#b4b4b4", "#202020"
QUALITY = 15


@dataclass(frozen=True)
class Screen:
    """A screen that is filled by the window; its size is in the screen's own pixels."""

    width_px: int
    height_px: int
    percent: int

    def __str__(self) -> str:
        return f"{self.width_px} x {self.height_px} at {self.percent} %"

    def folder_in(self, pictures: Path, language: str) -> Path:
        return pictures / f"{self.width_px}x{self.height_px}" / language

    @property
    def window_size(self) -> str:
        """In the pixels of Qt, as `make_screenshots.py` takes it."""
        return "x".join(str(px * 100 // self.percent) for px in (self.width_px, self.height_px))


SCREENS = (
    Screen(1024, 700, 100),
    Screen(1280, 800, 150),
    Screen(1366, 768, 125),
    Screen(1920, 1080, 100),
)


def take_pictures(screen: Screen, language: str, scenes: Sequence[str], folder: Path) -> None:
    """Scenes in both looks, as PNG: a scale and a language need a process of their own."""
    command = [
        "xvfb-run",
        "-a",
        "-s",
        f"-screen 0 {screen.width_px}x{screen.height_px}x24",
        sys.executable,
    ]
    command += [str(Path(__file__).with_name("make_screenshots.py")), "--language", language]
    command += ["--size", screen.window_size, "--into", str(folder), *scenes]
    scaled = os.environ | {"QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": str(screen.percent / 100)}
    subprocess.run(command, env=scaled, check=True)


def make_sheet(scene: str, pictures: Path) -> Image.Image:
    """A row for each screen, and in it each language, light and dark."""
    rows = [
        [
            _tile(screen, language, colours, screen.folder_in(pictures, language), scene)
            for language, colours in product(LANGUAGES, COLOURS)
        ]
        for screen in SCREENS
    ]
    column_px = max(tile.width for row in rows for tile in row) + GAP_PX
    heights_px = [max(tile.height for tile in row) + GAP_PX for row in rows]
    width_px = column_px * len(rows[0]) + GAP_PX
    sheet = Image.new("RGB", (width_px, sum(heights_px) + GAP_PX), BACKGROUND)
    top = GAP_PX
    for row, height_px in zip(rows, heights_px, strict=True):
        for column, tile in enumerate(row):
            sheet.paste(tile, (GAP_PX + column * column_px, top))
        top += height_px
    return sheet


def _tile(screen: Screen, language: str, colours: str, folder: Path, scene: str) -> Image.Image:
    """A picture, reduced, below its caption."""
    with Image.open(folder / f"{scene}-{colours}.png") as opened:
        picture = opened.convert("RGB")
    factor = TILE_WIDTH_PX / screen.width_px
    if picture.width < screen.width_px:
        factor = min(factor, MOST_OF_A_DIALOG)
    picture = picture.resize(
        (round(picture.width * factor), round(picture.height * factor)), Image.Resampling.LANCZOS
    )
    caption = f"{screen}, {LANGUAGES[language]}, {colours}"
    font = ImageFont.load_default(CAPTION_PX * 0.6)
    width_px = max(picture.width, round(font.getlength(caption)))
    tile = Image.new("RGB", (width_px, CAPTION_PX + picture.height), BACKGROUND)
    ImageDraw.Draw(tile).text((0, 0), caption, INK, font)
    tile.paste(picture, (0, CAPTION_PX))
    return tile


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the sheets in docs/screenshots/sheets.")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", default=list(SCENES))
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    SHEETS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        pictures = given.pictures or Path(temporary)
        for screen, language in product(SCREENS, LANGUAGES):
            folder = screen.folder_in(pictures, language)
            done = {path.name for path in folder.glob("*.png")}
            missing = [scene for scene in given.scenes if f"{scene}-dark.png" not in done]
            if missing:
                take_pictures(screen, language, missing, folder)
        for scene in given.scenes:
            sheet = make_sheet(scene, pictures)
            sheet.save(SHEETS / f"{scene}.webp", quality=QUALITY)


if __name__ == "__main__":
    main()
