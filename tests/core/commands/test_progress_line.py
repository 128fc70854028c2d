import pytest

from core.commands.progress_line import ProgressLine
from core.commands.standard_streams import written_anew


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    with ProgressLine() as line:
        told = line.counter("faces")
        told(1, 1200)
        told(2, 1200)
    output, errors = capsys.readouterr()
    assert output == ""
    return errors


def test_a_terminal_has_one_line_that_is_written_anew(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    texts = ("1 of 1,200 faces", "2 of 1,200 faces")
    assert shown(capsys) == "".join(map(written_anew, texts)) + "\n"


def test_what_is_no_terminal_has_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys) == ""
