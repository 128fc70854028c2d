"""The page for a browser, in Debian's chromium, which films the sample clip instead of a room."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import cv2
import pytest
from PIL import Image as Pillow
from playwright.sync_api import Browser, Locator, Page, Playwright, Request, sync_playwright

from core import paths
from core.api import Visage
from tests.web_server import Server, serving, write_short_clip

CHROMIUM = shutil.which("chromium")
WAIT_MS = 120_000
ROUNDS_S = 60.0
MAX_GROWTH_KB = 60_000
WARM_UP_MS = 3000
COUNTED_S = 10
COUNT_ANSWERS = """
seconds => new Promise(done => {
    const shown = document.querySelector('#live-answer');
    const seen = new Set();
    const watching = new MutationObserver(() => seen.add(shown.querySelector('img')?.src.length
        + shown.querySelector('img')?.src.slice(-2000)));
    watching.observe(shown, {subtree: true, childList: true, attributes: true});
    setTimeout(() => done(seen.size / seconds), 1000 * seconds);
})
"""
"""Counts the pictures that differ."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server")) as served:
        yield served


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seconds of the sample clip, as Chromium wants a camera's pictures."""
    file = tmp_path_factory.mktemp("film") / "clip.y4m"
    clip = cv2.VideoCapture(str(paths.sample_clip()))
    with file.open("wb") as stream:
        stream.write(b"YUV4MPEG2 W640 H360 F25:1 Ip C420jpeg\n")
        for _ in range(75):
            frame = cv2.resize(clip.read()[1], (640, 360))
            stream.write(b"FRAME\n" + cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).tobytes())
    clip.release()
    return file


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, filmed: Path) -> Iterator[Browser]:
    opened = playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=[
            "--no-sandbox",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={filmed}",
        ],
    )
    yield opened
    opened.close()


def open_page(browser: Browser, server: Server, locale: str = "en-GB") -> Page:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(server.address)
    page.wait_for_selector("#photos")
    return page


def upload(page: Page, file: Path, place: str = "photos") -> None:
    page.set_input_files(f"#{place} input[type=file]", file)


def told_rows(page: Page, answer: str = "photo-answer") -> list[list[str]]:
    page.wait_for_selector(f"#{answer} table")
    rows = page.locator(f"#{answer} table tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def expected_rows(photo: Path) -> list[list[str]]:
    with Visage() as visage:
        faces = visage.photo(photo).faces
    estimates = [face.estimate for face in faces if face.estimate is not None]
    return [
        [photo.name, str(number), f"{estimate.age_years:.0f}"]
        for number, estimate in enumerate(estimates, start=1)
    ]


def test_a_photo_shows_the_ages_that_the_app_gives_and_is_not_kept(
    browser: Browser, server: Server
) -> None:
    page = open_page(browser, server)
    outside: list[str] = []
    own = (server.address, "data:", "blob:")

    def note(asked: Request) -> None:
        if not asked.url.startswith(own):
            outside.append(asked.url)

    page.on("request", note)
    page.reload()
    page.wait_for_selector("#photos")
    upload(page, paths.sample_photo())
    rows = told_rows(page)
    assert [row[:3] for row in rows] == expected_rows(paths.sample_photo())
    assert [row[4] for row in rows] == ["female", "female"]
    assert page.locator("#photo-answer a[download]").all_inner_texts() == [
        "faces.csv",
        "faces.json",
    ]
    assert server.uploads() == []
    assert outside == []
    page.context.close()


def test_the_page_speaks_french(browser: Browser, server: Server) -> None:
    page = open_page(browser, server, "fr-FR")
    assert page.get_by_role("tab", name="Modèles").count() == 1
    upload(page, paths.sample_photo())
    assert [row[4] for row in told_rows(page)] == ["féminin", "féminin"]
    page.context.close()


def test_the_camera_is_asked_for_in_french(browser: Browser, server: Server) -> None:
    page = open_page(browser, server, "fr-FR")
    page.get_by_role("tab", name="Caméra").click()
    page.get_by_text("Cliquer pour utiliser la caméra").click()
    page.get_by_label("capture photo").wait_for()
    page.context.close()


def test_a_file_that_is_too_large_is_refused_in_french(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = open_page(browser, server, "fr-FR")
    large = tmp_path / "large.jpg"
    large.touch()
    os.truncate(large, 300_000_000)
    upload(page, large)
    page.get_by_text("Trop grand\N{NO-BREAK SPACE}: un fichier peut avoir 250").wait_for()
    assert page.locator(".toast-title").inner_text() == "Erreur"
    assert "large.jpg" in page.get_by_test_id("toast-text").inner_text()
    assert server.uploads() == []
    page.context.close()


def test_a_broken_file_is_a_sentence_and_the_page_goes_on(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = open_page(browser, server)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(paths.sample_photo().read_bytes()[:5000])
    upload(page, broken)
    page.wait_for_selector("#photo-answer p")
    assert "broken.jpg" in page.inner_text("#photo-answer")
    upload(page, paths.sample_photo())
    assert len(told_rows(page)) == 2
    assert server.uploads() == []
    page.context.close()


def test_a_video_comes_back_with_its_faces_and_a_table_of_tracks(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    short = tmp_path / "short.mp4"
    write_short_clip(short)
    page = open_page(browser, server)
    page.get_by_role("tab", name="Video").click()
    upload(page, short, "video")
    assert len(told_rows(page, "video-answer")) == 2
    played = page.locator("#video-shown video")
    played.wait_for()
    page.wait_for_function("document.querySelector('#video-shown video').duration > 0.9")
    assert server.uploads() == []
    page.context.close()


def start_camera(page: Page) -> Locator:
    """What the page shows of the camera, once it shows something."""
    page.get_by_role("tab", name="Webcam").click()
    page.get_by_text("Click to Access Webcam").click()
    page.get_by_label("capture photo").click()
    shown = page.locator("#live-answer img")
    shown.wait_for()
    return shown


@pytest.mark.timing
def test_a_camera_is_answered_ten_times_a_second(
    browser: Browser, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    page = open_page(browser, server)
    start_camera(page)
    page.wait_for_timeout(WARM_UP_MS)
    rate_hz = page.evaluate(COUNT_ANSWERS, COUNTED_S)
    with capsys.disabled():
        print(f" {rate_hz:.1f} answers a second ", end="")
    assert rate_hz >= 10
    page.context.close()


def test_a_camera_is_shown_with_its_faces(browser: Browser, server: Server) -> None:
    page = open_page(browser, server)
    shown = start_camera(page)
    first = shown.get_attribute("src")
    page.wait_for_function(
        "first => document.querySelector('#live-answer img').src !== first", arg=first
    )
    page.context.close()


def test_a_browser_that_lends_no_camera_can_use_the_other_tabs(
    playwright: Playwright, server: Server
) -> None:
    args = ["--no-sandbox", "--use-fake-device-for-media-stream", "--deny-permission-prompts"]
    bare = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
    page = open_page(bare, server)
    page.get_by_role("tab", name="Webcam").click()
    page.get_by_text("Click to Access Webcam").click()
    assert "allow it for this page" in page.inner_text("#camera-hint")
    page.get_by_role("tab", name="Photos").click()
    upload(page, paths.sample_photo())
    assert len(told_rows(page)) == 2
    bare.close()


def test_only_this_computer_is_served_and_browsers_fetch_nothing_elsewhere(server: Server) -> None:
    policy = urlopen(server.address).headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    port = int(server.address.rsplit(":", 1)[1])
    listening = subprocess.run(["ss", "-ltnH"], capture_output=True, text=True, check=True).stdout
    bound = [
        line.split()[3] for line in listening.splitlines() if line.split()[3].endswith(f":{port}")
    ]
    assert bound == [f"127.0.0.1:{port}"]


def test_four_sessions_side_by_side_are_not_mixed_up_and_memory_stays_flat(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    photos = [tmp_path / name for name in ("whole.jpg", "left.jpg", "right.jpg", "turned.jpg")]
    with Pillow.open(paths.sample_photo()) as sample:
        half = sample.width // 2
        sample.save(photos[0])
        sample.crop((0, 0, half, sample.height)).save(photos[1])
        sample.crop((half, 0, sample.width, sample.height)).save(photos[2])
        sample.transpose(Pillow.Transpose.FLIP_LEFT_RIGHT).save(photos[3])
    expected = {photo: expected_rows(photo) for photo in photos}
    pages = [open_page(browser, server) for _ in photos]
    memory_kb: list[int] = []
    until_s = time.monotonic() + ROUNDS_S
    while time.monotonic() < until_s or len(memory_kb) < 4:
        photos = photos[1:] + photos[:1]
        for page, photo in zip(pages, photos, strict=True):
            upload(page, photo)
        for page, photo in zip(pages, photos, strict=True):
            page.locator("#photo-answer td", has_text=photo.name).first.wait_for()
            assert [row[:3] for row in told_rows(page)] == expected[photo]
        memory_kb.append(server.memory_kb())
    assert memory_kb[-1] - memory_kb[len(memory_kb) // 2] < MAX_GROWTH_KB, memory_kb
    assert server.uploads() == []
    for page in pages:
        page.context.close()
