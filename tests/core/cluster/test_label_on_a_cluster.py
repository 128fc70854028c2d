from pathlib import Path

import pytest

from tests.core.cluster.builders import csv_rows_in, label, part_names, rows_in, write_album

pytest.importorskip("ray")
pytestmark = [pytest.mark.cluster, pytest.mark.slow]


def test_a_cluster_on_this_computer_gives_the_rows_of_a_local_job(tmp_path: Path) -> None:
    album, out, table = write_album(tmp_path / "=album", 20), tmp_path / "out", tmp_path / "f.csv"
    alone = label(album, "--csv", table, home=tmp_path / "home")
    words = (album, "--cluster", "local", "--out", out, "--photos-per-file", "4")
    together = label(*words, home=tmp_path / "home")
    assert (alone.returncode, together.returncode, together.stderr) == (1, 1, "")
    assert rows_in(out) == csv_rows_in(table)
    assert len(rows_in(out)) == 41

    written = part_names(out)
    (out / written[0]).unlink()
    before = {name: (out / name).stat().st_mtime_ns for name in written[1:]}
    assert label(*words, home=tmp_path / "home").returncode == 1
    assert rows_in(out) == csv_rows_in(table)
    assert {name: (out / name).stat().st_mtime_ns for name in written[1:]} == before
