"""The tab for videos: a video in, the same with its faces and a table of tracks out."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from core.annotator import Annotator
from core.assembly import make_pipeline
from core.recording.recorder import DEFAULT_RATE_HZ
from core.recording.track_log import TrackLog, TrackSpan
from core.recording.video_recording import VideoRecording
from core.settings import Settings
from core.sources.frame_source import SourceKind
from core.sources.video_file import VideoFileSource
from core.types import Estimate
from gui.web import answers
from gui.web.uploads import discard
from gui.web.words import Words

MAX_S = 60.0


def label_video(
    video: Path,
    model: str,
    target: Path,
    words: Words,
    show_progress: Callable[[float], None],
) -> str:
    """Write `video` with its faces to `target`; it is removed, whatever happens.

    Returns:
        The table of its tracks, or a sentence; then `target` may be missing.
    """

    def answer() -> str:
        tracks, is_cut = _follow(video, model, target, words, show_progress)
        cut = answers.sentence(words["too_long"].format(seconds=f"{MAX_S:.0f}")) if is_cut else ""
        return cut + (_track_table(tracks, words) if tracks else answers.sentence(words["no_face"]))

    try:
        return answers.or_sentence(answer, words)
    finally:
        discard([video])


def _follow(
    video: Path, model: str, target: Path, words: Words, show_progress: Callable[[float], None]
) -> tuple[Sequence[TrackSpan], bool]:
    """Every track with an estimate, and whether the video is longer than what was looked at."""
    log, annotator, is_cut = TrackLog(), Annotator(writing=words.in_pictures), False
    with (
        closing(make_pipeline(SourceKind.VIDEO, model, Settings())) as pipeline,
        VideoFileSource(video) as source,
        VideoRecording(target, source.frame_rate_hz or DEFAULT_RATE_HZ) as written,
    ):
        length_s = min(source.duration_s or MAX_S, MAX_S)
        for frame in iter(source.read, None):
            if is_cut := frame.time_s > MAX_S:
                break
            result = pipeline.process(frame)
            log.add(result)
            written.write(annotator.annotate(frame.image, result.faces))
            show_progress(min(1.0, frame.time_s / length_s))
    return [span for span in log.tracks if span.age_years is not None or span.gender], is_cut


def _track_table(tracks: Sequence[TrackSpan], words: Words) -> str:
    rows = [
        [
            str(track.track),
            f"{words.number(track.from_s)} s",
            f"{words.number(track.to_s)} s",
            *answers.estimate_cells(_estimate(track), track.gender, track.face_quality, words),
        ]
        for track in tracks
    ]
    columns = ("track", "from", "to", "age", "range", "gender", "sure")
    return answers.table([words[column] for column in columns], rows)


def _estimate(track: TrackSpan) -> Estimate:
    return Estimate(
        track.age_years, track.age_low_years, track.age_high_years, track.female_probability
    )
