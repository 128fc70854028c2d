"""Whatever lies in a model's folder: it answers as its card says, or a sentence is said."""

from pathlib import Path

from tests.hostile.child import run_function
from tests.hostile.model_folders import try_mutated_folders


def test_mutated_model_folders_answer_or_are_refused(tmp_path: Path, thousands: int) -> None:
    count = 1000 * thousands or 400
    ending = run_function(try_mutated_folders, str(tmp_path), 0, count, time_s=60 + 60 * thousands)
    ending.check()
    answered, refused = map(int, ending.output.split())
    assert answered + refused == count
    assert answered > count / 20
    assert refused > count / 2
