"""What would fill the memory or wait for ever is a photo or a sentence."""

import os
import subprocess
import sys
from pathlib import Path

from core import paths
from tests.hostile.bombs import (
    BOMBS,
    make_bombs,
    make_large_pictures,
    make_largest_jpegs,
    read_all_at_once,
    read_what_is_no_file,
)
from tests.hostile.child import outcomes, run_command, run_function
from tests.hostile.pictures import read_folder

# Python and what reads pictures take 90 MB; a program with detectors and models, 330 MB.
BARE_LIMIT_MB = 950


def test_no_bomb_goes_off(tmp_path: Path) -> None:
    run_function(make_bombs, str(tmp_path), memory_mb=4000).check()
    ending = run_function(read_folder, str(tmp_path), memory_mb=BARE_LIMIT_MB)
    assert sum(outcomes(ending).values()) == len(BOMBS)
    for name in (
        "program.jpg",
        "icon.jpg",
        "icon.png",
        "jpeg.tif",
        "padded.png",
        "padded.jpg",
        "hidden.jp2",
        "extents.avif",
    ):
        assert f"{name} sentence" in ending.output


def test_what_is_no_file_is_a_sentence(tmp_path: Path) -> None:
    ending = run_function(read_what_is_no_file, str(tmp_path), time_s=20)
    assert outcomes(ending) == {"sentence": 4}


def test_a_job_passes_over_what_is_no_file(tmp_path: Path) -> None:
    album = tmp_path / "album"
    album.mkdir()
    os.mkfifo(album / "pipe.jpg")
    os.mkfifo(album / "named.jpg")
    (album / "photo.jpg").write_bytes(paths.sample_photo().read_bytes())
    ending = run_command(
        [sys.executable, "main.py", "label", str(album), str(album / "named.jpg")],
        environment={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")},
    )
    assert (ending.broken_limit, ending.code) == (None, 1), ending.errors
    assert ending.output.count("photo.jpg,") == 2
    assert "It is no file that could be read as a photo or a video." in ending.errors


def test_many_readers_share_the_memory(tmp_path: Path) -> None:
    run_function(make_large_pictures, str(tmp_path), 3, memory_mb=4000, time_s=300).check()
    ending = run_function(read_all_at_once, str(tmp_path), 16, memory_mb=BARE_LIMIT_MB, time_s=300)
    ending.check()
    lines = ending.output.splitlines()
    assert len(lines) == 18
    assert all(int(line.split()[-1]) >= 1600 for line in lines)
    print(f"\n16 readers, at most {ending.peak_mb:.0f} MB, {ending.wall_s:.0f} s")


def test_many_thorough_readers_share_the_memory(tmp_path: Path) -> None:
    reader_count = 4
    album = tmp_path / "album"
    album.mkdir()
    run_function(make_largest_jpegs, str(album), reader_count, memory_mb=4000).check()
    command = [sys.executable, "main.py", "label", str(album), "--thorough", "--workers"]
    ending = run_command(
        [*command, str(reader_count)],
        time_s=600,
        environment={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")},
    )
    ending.check()
    print(f"\n{reader_count} readers, at most {ending.peak_mb:.0f} MB, {ending.wall_s:.0f} s")


WATCHED = """
import sys
from pathlib import Path

def hear(event, arguments):
    if event in {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"}:
        print(event, arguments)

sys.addaudithook(hear)
from tests.hostile.pictures import read_folder
read_folder(sys.argv[1])
"""


def test_no_program_is_started_for_a_file_of_any_kind(tmp_path: Path) -> None:
    for name in ("program.jpg", "icon.jpg", "icon.png"):
        (tmp_path / name).write_bytes(BOMBS[name]())
    (tmp_path / "photo.jpg").write_bytes(paths.sample_photo().read_bytes())
    told = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path)],
        cwd=paths.install_dir(),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = told.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["icon.jpg", "sentence"],
        ["icon.png", "sentence"],
        ["photo.jpg", "photo"],
        ["program.jpg", "sentence"],
    ]
