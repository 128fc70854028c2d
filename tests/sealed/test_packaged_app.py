"""The packaged app keeps to itself as the checkout does; `packaging/build.py` makes it."""

import os
from pathlib import Path

import pytest

import contents
from core import paths
from tests.sealed.sealed_run import run_sealed, why_not
from tests.sealed.test_ways_of_use import assert_kept_to_itself

PROGRAM = contents.APP_DIR / "visage"

pytestmark = [
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
    pytest.mark.skipif(not os.access(PROGRAM, os.X_OK), reason="dist/visage is not built"),
]


def test_its_self_check(tmp_path: Path) -> None:
    sealed = run_sealed([PROGRAM, "self-check"], tmp_path)
    assert_kept_to_itself(sealed)
    assert "ok    window" in sealed.output


def test_labelling_a_photo(tmp_path: Path) -> None:
    table = tmp_path / "faces.csv"
    sealed = run_sealed(
        [PROGRAM, "label", paths.sample_photo(), "--csv", table], tmp_path / "sealed"
    )
    assert_kept_to_itself(sealed)
    assert len(table.read_text(encoding="utf-8-sig").splitlines()) == 3
