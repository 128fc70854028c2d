import sys

import pytest

from core.commands.standard_streams import fill_missing_streams


def test_missing_streams_swallow_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"):
        monkeypatch.setattr(sys, name, None)
    fill_missing_streams()
    streams = sys.stdin, sys.stdout, sys.stderr
    try:
        print("nobody reads this")
        assert sys.stdin.read() == ""
        assert not sys.stderr.isatty()
        assert sys.__stderr__ is sys.stderr
    finally:
        for stream in streams:
            stream.close()


def test_streams_that_are_there_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = sys.stdin, sys.stdout, sys.stderr
    fill_missing_streams()
    assert (sys.stdin, sys.stdout, sys.stderr) == streams
