"""Makes the screenshots of docs/models with Chromium: `uv run docs/make_page_screenshots.py`."""

import subprocess
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image, ImageChops
from webp import save_webp

DOCS = Path(__file__).parent
PAGES = {
    "index": "index",
    "model": "mobilenet_v2-tuned",
    "pair": "efficientnet_b2-beside-mobilenet_v2",
}
WIDTHS_PX = (1280, 1920)
_MAX_HEIGHT_PX = 9000
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def main() -> None:
    for (name, page), width_px in product(PAGES.items(), WIDTHS_PX):
        target = DOCS / "screenshots" / f"pages-{name}-{width_px}.webp"
        shoot(DOCS / "models" / f"{page}.html", width_px, target)
        print(target)


def shoot(page: Path, width_px: int, target: Path) -> None:
    """The whole page in a window of this width."""
    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder, "page.png")
        command = ["chromium", *_QUIET, f"--user-data-dir={folder}", f"--screenshot={shown}"]
        command += [f"--window-size={width_px},{_MAX_HEIGHT_PX}", page.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(shown) as shot:
            picture = shot.convert("RGB")
    background = Image.new("RGB", picture.size, picture.getpixel((0, _MAX_HEIGHT_PX - 1)))
    box = ImageChops.difference(picture, background).getbbox()
    height_px = min(_MAX_HEIGHT_PX, (box[3] if box else 0) + 24)
    save_webp(picture.crop((0, 0, width_px, height_px)), target)


if __name__ == "__main__":
    main()
