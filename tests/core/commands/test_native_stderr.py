import os
import sys

import pytest

from core.commands.native_stderr import native_stderr_hidden


def test_python_is_heard_and_native_code_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    with native_stderr_hidden():
        os.write(2, b"chatter of a library\n")
        print("what we mean to say: \udce9", file=sys.stderr)
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "what we mean to say: \\udce9\nafterwards\n"


def test_everything_is_heard_again_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    stderr = sys.stderr
    with pytest.raises(ZeroDivisionError), native_stderr_hidden():
        raise ZeroDivisionError
    os.write(2, b"afterwards\n")
    assert sys.stderr is stderr
    assert capfd.readouterr().err == "afterwards\n"
