"""The page for a browser is served, and used from this computer, and nothing else is asked for."""

import sys
from pathlib import Path

import pytest

from tests.sealed.sealed_run import run_sealed, why_not

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))

PORT = 7899

USE_PAGE = f"""
import os, signal, threading, time
from urllib.request import urlopen
import main

def use():
    for _ in range(240):
        try:
            page = urlopen("http://127.0.0.1:{PORT}").read().decode()
            break
        except OSError:
            time.sleep(0.5)
    print("Visage" in page, flush=True)
    time.sleep(5)
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=use, daemon=True).start()
main.main(["web", "--port", "{PORT}"])
"""


def test_the_served_page_asks_nobody_for_anything(tmp_path: Path) -> None:
    sealed = run_sealed([sys.executable, "-c", USE_PAGE], tmp_path / "sealed")
    assert "True" in sealed.output, sealed.output
    assert sealed.names == ()
    # What the page and its one browser say to each other, and no name was asked for.
    assert {packet.split(" port ")[0] for packet in sealed.packets} == {"tcp to 127.0.0.1"}
    assert sealed.files == ()
