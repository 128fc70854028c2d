"""The sample clip at other rates of frames: the same two people, each one track of one age."""

from collections import defaultdict
from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest

from core import paths
from core.assembly import make_pipeline
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.sources.video_file import VideoFileSource
from core.types import Frame

LENGTH_S = 4.0
VARYING_S = np.cumsum(np.random.default_rng(0).choice([1 / 60, 1 / 30, 0.1, 0.2, 0.4], 40))
TIMES_S = {
    "5 a second": np.arange(0, LENGTH_S, 1 / 5),
    "60 a second": np.arange(0, 2, 1 / 60),
    "varying": VARYING_S[VARYING_S < LENGTH_S],
    "30, then 5 a second": np.append(np.arange(0, 1, 1 / 30), np.arange(1, LENGTH_S, 1 / 5)),
}


@pytest.fixture(scope="module")
def clip() -> list[Frame]:
    with VideoFileSource(paths.sample_clip()) as source:
        return [frame for frame in iter(source.read, None) if frame.time_s < LENGTH_S]


@pytest.mark.parametrize("rate", TIMES_S)
def test_at_any_rate_of_frames_a_person_is_one_track_whose_age_does_not_jump(
    clip: list[Frame], rate: str
) -> None:
    ages: dict[int | None, list[float]] = defaultdict(list)
    with closing(make_pipeline(SourceKind.VIDEO, None, Settings())) as pipeline:
        for number, time_s in enumerate(TIMES_S[rate].tolist()):
            image = clip[min(int(time_s * 30 + 1e-6), len(clip) - 1)].image
            for face in pipeline.process(Frame(image, number, 100 + time_s)).faces:
                if face.estimate is not None and face.estimate.age_years is not None:
                    ages[face.track_id].append(face.estimate.age_years)
    assert list(ages) == [1, 2]
    assert max(abs(b - a) for shown in ages.values() for a, b in pairwise(shown)) < 2
