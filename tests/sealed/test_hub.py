"""Whoever asks for a model asks the Hub alone; nothing else is told, and nothing is left."""

import sys
from pathlib import Path

import pytest

from tests.sealed.sealed_run import run_sealed, why_not

pytestmark = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))


def test_a_model_is_asked_of_the_hub_and_of_nobody_else(tmp_path: Path) -> None:
    pull = [sys.executable, "-m", "training", "hub", "pull", "somebody/faces"]
    sealed = run_sealed(pull, tmp_path / "sealed")
    assert sealed.status == 1, sealed.output
    assert "The Hub could not be reached" in sealed.output
    assert set(sealed.names) == {"huggingface.co"}
    assert any(packet.endswith(" port 443") for packet in sealed.packets)
    assert sealed.files == ()
