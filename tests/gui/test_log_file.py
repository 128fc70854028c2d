import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from gui.log_file import FILE_NAME, start_log


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
