"""Makes the screenshots of the page for a browser: `uv run docs/make_web_screenshots.py`."""

import shutil
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))
from webp import save_webp

from core import paths
from tests.web_server import Server, serving

FOLDER = Path(__file__).parent / "screenshots"
SHOTS = (
    ("web-photo", "en-GB", "light", 0, 1280),
    ("web-models", "en-GB", "light", 3, 1280),
    ("fr/web-photo", "fr-FR", "dark", 0, 1280),
    ("fr/web-models", "fr-FR", "dark", 3, 1280),
)
"""Name, language, colours, tab by its place, and width in px."""

HEIGHT_PX = 900


def main() -> None:
    with (
        TemporaryDirectory() as temporary,
        serving(Path(temporary)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, language, colours, tab, width_px in SHOTS:
            target = FOLDER / f"{name}.webp"
            target.parent.mkdir(exist_ok=True)
            page = open_page(browser, server, language, colours, width_px)
            show(page, tab)
            with Image.open(BytesIO(page.screenshot())) as shot:
                save_webp(shot, target)
            page.context.close()
            print(target)
        browser.close()


def open_page(browser: Browser, server: Server, language: str, colours: str, width_px: int) -> Page:
    page = browser.new_context(
        locale=language,
        color_scheme="dark" if colours == "dark" else "light",
        viewport={"width": width_px, "height": HEIGHT_PX},
    ).new_page()
    page.goto(server.address)
    page.wait_for_selector("#photos")
    return page


def show(page: Page, tab: int) -> None:
    """Open a tab; the one for photos with the answer to the sample."""
    page.get_by_role("tab").nth(tab).click()
    if tab == 0:
        page.set_input_files("#photos input[type=file]", paths.sample_photo())
        page.wait_for_selector("#photo-answer img")
    page.wait_for_timeout(1000)


if __name__ == "__main__":
    main()
