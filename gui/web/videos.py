"""The tab for videos: a video in, the same with its faces and a table of tracks out."""

import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from core.annotated_video import AnnotatedVideo
from core.assembly import make_pipeline
from core.errors import VisageError
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.sources.video_file import VideoFileSource
from core.types import Face
from gui.web import answers

logger = logging.getLogger(__name__)

MAX_S = 60.0
_FRAME_RATE_HZ = 30.0


@dataclass(slots=True)
class _Seen:
    """A track, from its first frame to its last one so far."""

    first_s: float
    last_s: float
    face: Face


def label_video(
    video: Path,
    model: str,
    target: Path,
    words: Mapping[str, str],
    show_progress: Callable[[float], None],
) -> str:
    """Write `video` with its faces to `target`; it is removed, whatever happens.

    Returns:
        The table of its tracks, or a sentence; then `target` may be missing.
    """
    try:
        seen, is_cut = _follow(video, model, target, show_progress)
    except VisageError as error:
        return answers.sentence(str(error))
    except Exception:
        logger.exception("A bug met a video of the page.")
        return answers.sentence(words["fault"])
    finally:
        video.unlink(missing_ok=True)
    cut = answers.sentence(words["too_long"].format(seconds=f"{MAX_S:.0f}")) if is_cut else ""
    return cut + (_track_table(seen, words) if seen else answers.sentence(words["no_face"]))


def _follow(
    video: Path, model: str, target: Path, show_progress: Callable[[float], None]
) -> tuple[dict[int, _Seen], bool]:
    """Every track by its number, and whether the video is longer than what was looked at."""
    seen: dict[int, _Seen] = {}
    with (
        closing(make_pipeline(SourceKind.VIDEO, model, Settings())) as pipeline,
        VideoFileSource(video) as source,
        AnnotatedVideo(target, source.frame_rate_hz or _FRAME_RATE_HZ) as written,
    ):
        length_s = min(source.duration_s or MAX_S, MAX_S)
        for frame in iter(source.read, None):
            if frame.time_s > MAX_S:
                return seen, True
            result = pipeline.process(frame)
            for face in result.faces:
                if face.track_id is not None and face.estimate is not None:
                    track = seen.setdefault(face.track_id, _Seen(frame.time_s, frame.time_s, face))
                    track.last_s, track.face = frame.time_s, face
            written.add(result)
            show_progress(min(1.0, frame.time_s / length_s))
    return seen, False


def _track_table(seen: Mapping[int, _Seen], words: Mapping[str, str]) -> str:
    rows = [
        [
            str(number),
            f"{track.first_s:.1f} s",
            f"{track.last_s:.1f} s",
            *answers.face_cells(track.face, words),
        ]
        for number, track in sorted(seen.items())
    ]
    columns = ("track", "from", "to", "age", "range", "gender", "sure")
    return answers.table([words[column] for column in columns], rows)
