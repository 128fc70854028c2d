"""Whatever Visage is used for, no packet leaves it, no program is started, and no file lies about.

Sealed off by sealed_run.py; test_witness.py shows that it sees what it must see.
"""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from core import paths
from core.sources.photo import load_photo
from tests.sealed.sealed_run import ROOT, Sealed, run_sealed, why_not
from tests.training.made_up_faces import write_chips

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))

KERAS_STARTS = {"uname", "fc-list"}
"""By Python's `platform`, for TensorFlow, and by matplotlib, which Keras imports."""

MAIN = [sys.executable, str(ROOT / "main.py")]
READ_VIDEOS = """
import sys
from contextlib import suppress
from core.errors import VisageError
from core.sources.source_choice import make_source

for name in sys.argv[1:]:
    with suppress(VisageError), make_source(name) as source:
        source.read()
    print(name)
"""
ELSEWHERE = "http://telemetry.example.com/film.ts"
POINTERS = {
    "list.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{ELSEWHERE}\n#EXT-X-ENDLIST\n",
    "list.ffconcat": f"ffconcat version 1.0\nfile '{ELSEWHERE}'\n",
    "call.sdp": "v=0\no=- 0 0 IN IP4 203.0.113.5\ns=x\nc=IN IP4 203.0.113.5\nt=0 0\n"
    "m=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
}
"""Files that FFmpeg takes for films which lie elsewhere."""

LEARN = """
import sys
from core.batch.correction import correct_face
from core.batch.database import Database, command_line_path
from core.batch.record import Correction
from core.batch.row_query import labelled_photos
from core.batch.store import BatchStore
from main import main

album, table = sys.argv[1:]
main(["label", album, "--csv", table])
with Database(command_line_path()) as database:
    (job,) = BatchStore(database).jobs()
    for photo in list(labelled_photos(database, job.id)):
        for face in photo.faces:
            correct_face(database, face.id, Correction(age_years=face.age_years + 9))
sys.exit(max(main(["learn", album, "--measure"]), main(["learn", album]) > 1))
"""

WINDOW = [sys.executable, str(Path(__file__).with_name("window_use.py"))]


@pytest.fixture
def album(folder: Path) -> Path:
    """Two photos with two faces each."""
    album = folder / "album"
    album.mkdir(parents=True)
    for name in ("1.jpg", "2.jpg"):
        shutil.copy(paths.sample_photo(), album / name)
    return album


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What alone is real for a command."""
    return tmp_path / "sealed"


def assert_kept_to_itself(sealed: Sealed, *, may_start: Iterable[str] = ()) -> None:
    assert sealed.status == 0, sealed.output
    assert (sealed.names, sealed.packets, sealed.files) == ((), (), ())
    assert set(sealed.programs) <= set(may_start)


def test_labelling_a_folder(album: Path, folder: Path) -> None:
    table = album.parent / "faces.csv"
    sealed = run_sealed([*MAIN, "label", album, "--thorough", "--xmp", "--csv", table], folder)
    assert_kept_to_itself(sealed)
    assert len(table.read_text(encoding="utf-8-sig").splitlines()) == 5


def write_blotched(photo: Path, seed: int, target: Path) -> None:
    """Write the photo in so uneven a light that it looks like no other: copies count once."""
    image = load_photo(photo).image
    height, width, _ = image.shape
    blotches = np.random.default_rng(seed).uniform(0.3, 1.7, (20, 30)).astype(np.float32)
    light = cv2.resize(blotches, (width, height), interpolation=cv2.INTER_CUBIC)
    lit = np.clip(image * light[..., None], 0, 255).astype(np.uint8)
    Pillow.fromarray(lit).save(target, quality=95)


def test_learning_from_corrections(album: Path, folder: Path) -> None:
    for number in range(3, 30):
        write_blotched(album / "1.jpg", number, album / f"{number}.jpg")
    script: list[str | Path] = [sys.executable, "-c", LEARN, album, album.parent / "faces.csv"]
    sealed = run_sealed(script, folder)
    assert_kept_to_itself(sealed)
    assert "On your 56 faces" in sealed.output


@pytest.mark.cluster
def test_labelling_on_a_cluster_of_this_computer(album: Path, folder: Path) -> None:
    pytest.importorskip("ray")
    out = album.parent / "out"
    options = ["--cluster", "local", "--workers", "2", "--photos-per-file", "1"]
    sealed = run_sealed([*MAIN, "label", album, *options, "--out", out], folder)
    assert sealed.status == 0, sealed.output
    # Ray's processes talk to each other, and have a folder in /tmp that goes when they do.
    assert [packet for packet in sealed.packets if " to 127.0.0.1 port " not in packet] == []
    assert (sealed.names, set(sealed.files) - {"/tmp"}) == ((), set())
    rays = Path(sys.prefix, "lib")
    assert [one for one in sealed.programs if one != sys.executable and str(rays) not in one] == []
    assert len(list(out.glob("part-*.parquet"))) == 2


def test_the_self_check(folder: Path) -> None:
    sealed = run_sealed([*MAIN, "self-check"], folder)
    assert_kept_to_itself(sealed, may_start={sys.executable, *KERAS_STARTS})
    assert "ok    window" in sealed.output


@pytest.mark.parametrize("seconds", [5, 60])
def test_the_window_live(seconds: int, folder: Path) -> None:
    sealed = run_sealed([*WINDOW, str(seconds), "--source", "sample"], folder)
    assert_kept_to_itself(sealed)
    assert sealed.output.endswith("2 faces\n")


def test_the_window_with_a_photo(folder: Path) -> None:
    sealed = run_sealed([*WINDOW, "3", paths.sample_photo()], folder)
    assert_kept_to_itself(sealed)
    assert sealed.output.endswith("2 faces\n")


def test_the_window_with_a_batch(album: Path, folder: Path) -> None:
    sealed = run_sealed([*WINDOW, "3", album], folder)
    assert_kept_to_itself(sealed)
    assert sealed.output.endswith("4 faces\n")


def test_videos_that_lie_elsewhere(tmp_path: Path, folder: Path) -> None:
    videos = []
    for name, text in POINTERS.items():
        for video in (tmp_path / name, tmp_path / f"{name}.mp4"):
            video.write_text(text)
            videos.append(str(video))
    sealed = run_sealed([sys.executable, "-c", READ_VIDEOS, *videos], folder)
    assert_kept_to_itself(sealed)
    assert sealed.output.splitlines()[-1] == videos[-1]


def test_the_benchmark(folder: Path) -> None:
    sealed = run_sealed([*MAIN, "benchmark", "--frames", "60"], folder)
    assert_kept_to_itself(sealed, may_start={sys.executable, "uname"})


def test_measuring_a_model(folder: Path) -> None:
    chips = write_chips(folder / "UTKFace", count=60)
    sealed = run_sealed(
        [sys.executable, "-m", "training", "evaluate", "age_cnn", "--data", chips], folder
    )
    assert_kept_to_itself(sealed, may_start=KERAS_STARTS)
