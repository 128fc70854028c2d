import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from gui.start.log_file import FILE_NAME, start_log


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    qInstallMessageHandler(None)


def test_the_log_holds_what_qt_says_too(tmp_path: Path) -> None:
    start_log(tmp_path / "logs")
    logging.getLogger("core").info("a camera was opened")
    qWarning("a font is missing")
    text = (tmp_path / "logs" / FILE_NAME).read_text("utf-8")
    assert "INFO MainThread core: a camera was opened" in text
    assert "WARNING MainThread qt: a font is missing" in text


def test_without_a_place_for_it_the_app_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").write_text("a file stands in the way")
    start_log(tmp_path / "logs")
    assert "There is no log file" in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="modes are of Unix")
def test_nobody_else_may_read_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "logs"
    monkeypatch.setattr("core.paths.log_dir", lambda: folder)
    folder.mkdir(mode=0o755)
    (folder / FILE_NAME).touch(0o644)
    (folder / f"{FILE_NAME}.1").touch(0o644)
    start_log(folder)
    monkeypatch.setattr(logging.getLogger().handlers[-1], "maxBytes", 10)
    for _ in range(3):
        logging.getLogger("core").info("a line that is longer than a file may be")
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len(modes) == 4
    assert set(modes.values()) == {0o600}


def test_the_log_does_not_say_whose_home_it_is(tmp_path: Path) -> None:
    start_log(tmp_path / "logs")
    logging.getLogger("core").info("opened %s", Path.home() / "photos" / "a.jpg")
    text = (tmp_path / "logs" / FILE_NAME).read_text("utf-8")
    assert f"opened ~{os.sep}photos" in text


def test_no_name_steers_the_terminal_that_shows_the_log(tmp_path: Path) -> None:
    start_log(tmp_path / "logs")
    logging.getLogger("core").info("found \x1b[31m\u202e%s", os.fsdecode(b"caf\xe9.jpg"))
    text = (tmp_path / "logs" / FILE_NAME).read_text("utf-8")
    assert text.endswith("found �[31m�caf?.jpg\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk_is_not_complained_of_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start_log(tmp_path / "logs")
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(logging.getLogger().handlers[-1], "stream", full)
        logging.getLogger("core").info("a camera was opened")
        monkeypatch.undo()
        with pytest.raises(OSError, match="space"):
            full.close()
    assert capsys.readouterr().err == ""
