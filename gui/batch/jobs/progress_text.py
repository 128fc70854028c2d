"""How far a job is, in words."""

from core.batch.job_progress import JobProgress, VideoPlace
from core.sources.file_check import display_name
from core.text import clock_text
from gui.batch.jobs.batch_session import BatchState
from gui.language.translation import translate
from gui.language.words import counted, whole


def progress_words(progress: JobProgress, state: BatchState) -> str:
    """One line, such as "120 of 900 photos · 203 faces · 1 min left · 24 photos/s": what counts
    least stands last, as a narrow window cuts it off."""
    if state is BatchState.LOADING:
        return translate("Progress", "Opening…")
    if progress.is_scanning:
        return _scan_words(progress, state)
    if state is BatchState.RUNNING:
        return _running_words(progress)
    faces = counted.faces(progress.faces)
    if state is BatchState.RESTING and _read(progress) == progress.total:
        done = translate("Progress", "Done")
        return f"{done} · {counted.media(progress.total, progress.videos)} · {faces}"
    text = translate("Progress", "Stopped at {place}")
    if state is BatchState.PAUSED:
        text = translate("Progress", "Paused at {place}")
    return f"{text.format(place=_place(progress))} · {faces}"


def _scan_words(progress: JobProgress, state: BatchState) -> str:
    text = translate("Progress", "Looking for photos and videos… {count} found")
    if state is BatchState.RESTING:
        text = translate("Progress", "Stopped while looking for photos and videos · {count} found")
    elif state is BatchState.PAUSED:
        text = translate("Progress", "Paused while looking for photos and videos · {count} found")
    return text.format(count=whole(progress.total))


def _running_words(progress: JobProgress) -> str:
    parts = [_place(progress), counted.faces(progress.faces)]
    parts += [_video_words(place) for place in progress.in_hand[:1]]
    if progress.time_left_s is not None and _read(progress) < progress.total:
        time = duration_words(progress.time_left_s)
        parts.append(translate("Progress", "{time} left").format(time=time))
    if progress.photos_per_s is not None and not progress.in_hand:
        parts.append(counted.photos_per_second(progress.photos_per_s))
    return " · ".join(parts)


def _place(progress: JobProgress) -> str:
    text = translate("Progress", "{number} of {photos}")
    count = counted.files if progress.videos else counted.photos
    return text.format(number=whole(_read(progress)), photos=count(progress.total))


def _video_words(place: VideoPlace) -> str:
    """ "clip.mp4: 2:05 of 1:01:40"."""
    name, time = display_name(place.path), clock_text(place.time_s)
    if not place.length_s:
        return f"{name}: {time}"
    text = translate("Progress", "{name}: {time} of {length}")
    return text.format(name=name, time=time, length=clock_text(place.length_s))


def _read(progress: JobProgress) -> int:
    return progress.done + progress.failed


def duration_words(seconds: float) -> str:
    """ "40 s", "12 min", "2 h 5 min"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
