"""Whatever lies beside a photo, or within it: a sidecar is written, or a sentence is said."""

from pathlib import Path

from tests.hostile.child import run_function
from tests.hostile.sidecars import export_beside_mutated, export_beside_odd, mutated


def test_mutated_sidecars_are_completed_or_told(tmp_path: Path, thousands: int) -> None:
    count = 1000 * thousands or 400
    ending = run_function(
        export_beside_mutated, str(tmp_path), 0, count, time_s=60 + 60 * thousands
    )
    ending.check()
    written, _, told, _ = ending.output.split()
    assert int(written) + int(told) == count
    assert int(written) > count / 4
    assert int(told) > count / 10


def test_a_sidecar_that_would_cost_time_or_memory_is_told_and_the_next_is_written(
    tmp_path: Path,
) -> None:
    ending = run_function(export_beside_odd, str(tmp_path), memory_mb=700, time_s=120)
    ending.check()
    *sentences, written = ending.output.splitlines()
    assert (len(sentences), written) == (13, "1")
    for number, sentence in enumerate(sentences):
        assert f"{number:02}.jpg.xmp " in sentence
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_the_same_number_is_the_same_sidecar() -> None:
    assert [mutated(number) for number in range(50)] == [mutated(number) for number in range(50)]
    assert len({mutated(number) for number in range(200)}) > 150
