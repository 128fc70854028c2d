"""Whatever a file, a model or a job is called, it cannot steer the terminal that shows its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.batch.database import command_line_path
from core.batch.store import BatchStore
from core.commands.standard_streams import PlainTextStream, written_anew
from core.text import one_line, terminal_text
from tests.core.batch.builders import fill_job

ROOT = Path(__file__).parent.parent.parent.parent
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egpj\r.jpg"
STEERING = ("\x1b", "\x07", "\x9b", "\u202e", "\x08")


def test_a_name_stays_on_its_line_and_steers_nothing() -> None:
    assert one_line(HOSTILE) == "�]0;owned��[2J�31m�gpj�.jpg"
    assert one_line("写真 é\u200d\n\u2028x\udce9") == "写真 é\u200d��x?"
    assert terminal_text("a\n\tb\x1b[K\r") == "a\n\tb�[K�"


def test_only_a_line_written_anew_moves_the_cursor(tmp_path: Path) -> None:
    with PlainTextStream((tmp_path / "out").open("wb"), "utf-8") as stream:
        print(written_anew("3 of 9\x1b[2J"), end="", file=stream)
        print(f"\r{HOSTILE}", file=stream)
    assert (tmp_path / "out").read_bytes().decode() == (
        "\r3 of 9�[2J\x1b[K" + "�" + one_line(HOSTILE) + "\n"
    )


def on_a_terminal(*words: str, folder: Path) -> str:
    """What a terminal is told when a command runs on it."""
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data")}
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words],
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as command:
        os.close(theirs)
        told = b""
        while True:
            try:
                told += os.read(ours, 65536)
            except OSError:  # its last program has left it
                break
        command.wait(60)
    os.close(ours)
    return told.decode()


@pytest.mark.skipif(os.name == "nt", reason="terminals of Unix")
def test_no_command_lets_a_name_reach_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    (album / HOSTILE).write_bytes(b"no photo")
    monkeypatch.setattr("core.paths.data_dir", lambda: tmp_path / "data" / "Visage")
    with BatchStore.open(command_line_path()) as store:
        fill_job(store, {"a.jpg": "broken"})
        with store.database.transaction() as connection:
            connection.execute("UPDATE job SET title = ?", (HOSTILE,))
    for words in (
        ["label", "album", "--engine", "onnx"],
        ["label", "album", "--csv", f"album/{HOSTILE}"],
        ["label", "album", "--model", HOSTILE],
        ["label", "album", f"--{HOSTILE}"],
        ["jobs"],
    ):
        told = on_a_terminal(*words, folder=tmp_path)
        assert "owned" in told, words
        own = told.replace("\x1b[K", "")
        assert not [sign for sign in STEERING if sign in own], words
        assert not told.replace("\r\n", "").count("\r") > told.count("\x1b[K"), words
