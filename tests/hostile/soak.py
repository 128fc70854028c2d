"""Uses the window for an hour as a restless user does, and tells whether anything grows.

    QT_QPA_PLATFORM=offscreen uv run python -m tests.hostile.soak --minutes 60

Models, sources and batches are switched, videos paused and sought. Once a minute the user rests,
and what the process holds then is noted. It ends with 1 if, after the first ten minutes (of less
than an hour, a sixth), memory rises by more than 30 MB or there are more threads or open files.
"""

import os
import random
import shutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QTimer

from core import paths
from core.benchmark.memory import resident_mb
from core.estimation.model_folder import find_models
from gui.app import clear_opencv_variables, make_application
from gui.core_parts import CoreParts
from gui.preferences import Preferences
from gui.theme import Theme
from gui.window.main_window import MainWindow

MAX_GROWTH_MB = 30
WARM_UP_SHARE = 1 / 6
ACTION_MS = 2500
REST_MS = 5000
ACTIONS_BEFORE_REST = 22
PHOTOS = 24


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process held at a moment of rest."""

    time_s: float
    memory_mb: float
    threads: float
    descriptors: float


class RestlessUser:
    """Does something else every few seconds, by chance but the same in each run."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self._chance = random.Random(1)
        self._models = [model.card.name for model in find_models()]
        self._begun_s = time.monotonic()
        self.samples: list[Sample] = []
        self.actions = 0

    def live(self) -> None:
        """Act and rest in turn, for ever."""
        if self.actions % ACTIONS_BEFORE_REST:
            self._act()
            QTimer.singleShot(ACTION_MS, self.live)
            return
        self._window.session.stop()
        self._window.batch.stop()
        QTimer.singleShot(REST_MS, self._note_rest)

    def _note_rest(self) -> None:
        self.samples.append(_sample(time.monotonic() - self._begun_s))
        self._act()
        QTimer.singleShot(ACTION_MS, self.live)

    def _act(self) -> None:
        acts: Sequence[tuple[Callable[[], None], int]] = (
            (self._switch_source, 3),
            (self._switch_model, 2),
            (self._window.live_view.toggle_pause, 4),
            (self._seek, 5),
            (self._label_folder, 1),
            (self._window.session.stop, 1),
        )
        ways, weights = zip(*acts, strict=True)
        (act,) = self._chance.choices(ways, weights)
        act()
        self.actions += 1

    def _switch_source(self) -> None:
        self._window.open_source(
            self._chance.choice(["sample", str(paths.sample_photo()), str(self._folder / "0.jpg")])
        )

    def _switch_model(self) -> None:
        self._window.choose_model(self._chance.choice(self._models))

    def _seek(self) -> None:
        self._window.session.seek(self._chance.uniform(0, 15))

    def _label_folder(self) -> None:
        self._window.open_paths([self._folder])


def main() -> int:
    """Run; 1 if something grew."""
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=60, metavar="N")
    minutes = parser.parse_args().minutes
    with TemporaryDirectory() as home:
        os.environ.update({f"XDG_{kind}_HOME": home for kind in ("DATA", "CONFIG", "STATE")})
        folder = Path(home, "photos")
        folder.mkdir()
        for number in range(PHOTOS):
            shutil.copy(paths.sample_photo(), folder / f"{number}.jpg")
        samples, actions = _soak(folder, minutes * 60)
    return _tell(samples, actions)


def _soak(folder: Path, duration_s: float) -> tuple[list[Sample], int]:
    clear_opencv_variables()
    app = make_application(sys.argv[:1])
    window = MainWindow(Theme(app), Preferences(), CoreParts())
    user = RestlessUser(window, folder)
    window.show()
    user.live()
    QTimer.singleShot(round(duration_s * 1000), app.quit)
    app.exec()
    window.close()
    window.join()
    return user.samples, user.actions


def _sample(time_s: float) -> Sample:
    threads, descriptors = (len(os.listdir(f"/proc/self/{kind}")) for kind in ("task", "fd"))  # noqa: PTH208
    return Sample(time_s, resident_mb() or 0.0, threads, descriptors)


def _tell(samples: Sequence[Sample], actions: int) -> int:
    """Print how each figure rises after the warm-up: the line of least squares."""
    end_s = samples[-1].time_s
    late = [sample for sample in samples if sample.time_s >= end_s * WARM_UP_SHARE]
    times_s = [sample.time_s for sample in late]
    span_s = times_s[-1] - times_s[0]
    print(f"{actions} actions in {end_s / 60:.1f} min; the last {span_s / 60:.1f} min count:")
    has_grown = False
    for name, limit in (("memory_mb", MAX_GROWTH_MB), ("threads", 1), ("descriptors", 1)):
        values = [float(getattr(sample, name)) for sample in late]
        slope = float(np.polyfit(times_s, values, 1)[0])
        growth = slope * span_s
        has_grown = has_grown or growth >= limit
        parts = np.array_split(values, min(10, len(values)))
        medians = " ".join(f"{np.median(part):.0f}" for part in parts)
        print(
            f"{name}: {slope * 3600:+.2f} an hour, {growth:+.2f} in all; in turn {medians}, "
            f"between {min(values):.0f} and {max(values):.0f}"
        )
    return 1 if has_grown else 0


if __name__ == "__main__":
    sys.exit(main())
