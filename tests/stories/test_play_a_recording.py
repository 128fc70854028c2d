"""Recordings of the sample in a browser, Debian's chromium: a finished one, and a killed one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from core.recording import vp9_encoder

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
FRAME_COUNT, RATE_HZ = 75, 30.0
RECORD = f"""
import os, signal, sys
from pathlib import Path
from core import paths
from core.recording.video_recording import VideoRecording
from core.sources.video_file import VideoFileSource
with (
    VideoFileSource(paths.sample_clip()) as source,
    VideoRecording(Path(sys.argv[1]), {RATE_HZ}) as recording,
):
    for _ in range({FRAME_COUNT}):
        recording.write(source.read().image)
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
"""
PLAY = """
async () => {
    const video = document.querySelector('video');
    const next = name => new Promise(done => video.addEventListener(name, done, {once: true}));
    video.pause();
    video.muted = true;
    const sought = next('seeked');
    video.currentTime = 2;
    await sought;
    const ended = next('ended');
    await video.play();
    await ended;
    return [video.videoWidth, video.videoHeight, video.currentTime];
}
"""
"""Jumps to the second second and plays to the end."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix"),
]


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("end", ["finished", "killed"])
def test_a_browser_plays_a_recording(end: str, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "x.webm"
    subprocess.run([sys.executable, "-c", RECORD, path, end], cwd=ROOT, check=end == "finished")
    assert vp9_encoder.is_available()
    assert b"V_VP9" in path.read_bytes()[:1000]
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function("document.querySelector('video')?.readyState >= 1")
    width, height, end_s = page.evaluate(PLAY)
    assert (width, height) == (1280, 720)
    assert end_s == pytest.approx(FRAME_COUNT / RATE_HZ, abs=1.5 / RATE_HZ)
