"""`main.py learn`: a model fitted to corrected faces, or how well the published one fits them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from core.adapting.corrected_faces import JobChoice
from core.adapting.folder_distance import Nearness
from core.adapting.folder_fit import measure_fit
from core.adapting.folder_range import LEAST_FACES, FolderRange
from core.adapting.learning import Learnt, learn
from core.adapting.validation import Outcome, Verdict
from core.batch.database import Database, command_line_path, default_path
from core.batch.job_control import JobControl
from core.batch.record import Job
from core.batch.store import BatchStore
from core.commands.control_c import control_c_cancels
from core.commands.progress_line import ProgressLine
from core.errors import LearningError
from core.paths import PROGRAM
from core.text import one_line

_NEARNESS = {
    Nearness.NEAR: "like those that the model learnt from",
    Nearness.APART: "somewhat unlike those that the model learnt from",
    Nearness.FAR: "far from those that the model learnt from",
}


def run(names: Sequence[str], model_name: str, *, only_measures: bool = False) -> int:
    """Learn from the corrections in the jobs that are named, or only measure how they fit.

    Returns:
        0, or 1 if no model was installed that should have been.

    Raises:
        LearningError: if there is no such job, or it cannot be learnt from.
        ModelError: if no model can be run.
        StoreError: if the jobs cannot be read.
        KeyboardInterrupt: after Ctrl+C; it says how to go on.
    """
    if only_measures:
        _measure(names)
        return 0
    with ExitStack() as stack:
        choices = [choice for choice, _ in _find(names, stack)]
        control = JobControl()
        with control_c_cancels(control), ProgressLine() as line:
            learnt = learn(choices, model_name, line.counter("faces"), lambda: control.is_cancelled)
    if learnt is None:
        raise KeyboardInterrupt(
            "Stopped. What was read is kept: the same command goes on from there."
        )
    print("\n".join(_report(learnt, model_name)))
    return 0 if learnt.folder else 1


def _measure(names: Sequence[str]) -> None:
    """Print how each job's pictures and ranges fit what the model learnt from."""
    control = JobControl()
    with ExitStack() as stack:
        for choice, job in _find(names, stack):
            with control_c_cancels(control), ProgressLine() as line:
                fit = measure_fit(choice, line.counter("faces"), lambda: control.is_cancelled)
            if fit is None:
                raise KeyboardInterrupt("Stopped.")
            distance = fit.distance
            print(
                f"{one_line(job.title)}: its pictures are {_NEARNESS[distance.nearness]} "
                f"({distance.deviations:.1f} standard deviations, {distance.face_count} faces)."
            )
            print(_range_text(fit.range))


def _range_text(fitted: FolderRange | None) -> str:
    if fitted is None:
        return f"Its ranges are fitted from {LEAST_FACES} corrected ages on."
    return (
        f"Its ranges hold the age of {fitted.published_coverage:.0%} of {fitted.face_count} "
        f"corrected faces; reaching {fitted.factor:.2f} times as far, they hold 8 in 10 of others."
    )


def _report(learnt: Learnt, model_name: str) -> Iterator[str]:
    verdict = learnt.verdict
    if learnt.missing_count:
        yield f"Corrected faces whose photos cannot be read any more: {learnt.missing_count}."
    yield (
        f"On your {verdict.face_count:,} faces, each by what was learnt from other pictures: "
        f"{verdict.before_years:.2f} years off before, {verdict.after_years:.2f} after "
        f"(by {verdict.bias_before_years:+.1f} and {verdict.bias_after_years:+.1f} on average)."
    )
    yield (
        f"On the faces that the model knew: {verdict.known_before_years:.2f} before, "
        f"{verdict.known_after_years:.2f} after."
    )
    yield _conclusion(verdict, model_name)


def _conclusion(verdict: Verdict, model_name: str) -> str:
    match verdict.outcome:
        case Outcome.BETTER:
            return f"Installed: use it with --model {model_name}, or choose it in the window."
        case Outcome.NO_BETTER:
            return (
                f"Chance alone would do as well in {verdict.chance:.0%} of tries: "
                "nothing was installed."
            )
        case Outcome.FORGETS:
            return "It would forget too much of what it knew: nothing was installed."
        case Outcome.DISAGREES:
            return "The corrected ages do not follow the faces: nothing was installed."


def _find(names: Sequence[str], stack: ExitStack) -> Iterator[tuple[JobChoice, Job]]:
    """The jobs of these titles or paths, once each, in the window's store and the other one."""
    found: list[tuple[JobChoice, Job]] = []
    places = {name: os.path.realpath(name) for name in names}
    unknown = set(names)
    for path in (default_path(), command_line_path()):
        if not path.exists():
            continue
        database = stack.enter_context(Database(path))
        for job in BatchStore(database).jobs():
            roots = set(map(os.path.realpath, job.roots))
            if meant := {name for name in names if name == job.title or places[name] in roots}:
                found.append((JobChoice(database, job.id), job))
                unknown -= meant
    for name in names:
        if name in unknown:
            raise LearningError(f"There is no job called {name}: `{PROGRAM} jobs` lists them.")
    yield from found
