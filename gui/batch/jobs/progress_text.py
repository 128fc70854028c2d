"""How far a job is, in words."""

from core.batch.job_progress import JobProgress
from gui.batch.jobs.batch_session import BatchState


def progress_words(progress: JobProgress, state: BatchState) -> str:
    """One line, such as "120 of 900 photos · 203 faces · 24 photos/s · 1 min left"."""
    if state is BatchState.LOADING:
        return "Opening…"
    if progress.is_scanning:
        return _scan_words(progress, state)
    if state is BatchState.RUNNING:
        return _running_words(progress)
    faces = counted(progress.faces, "face")
    if state is BatchState.RESTING and _read(progress) == progress.total:
        return f"Done · {counted(progress.total, 'photo')} · {faces}"
    verb = "Paused" if state is BatchState.PAUSED else "Stopped"
    return f"{verb} at {_place(progress)} · {faces}"


def _scan_words(progress: JobProgress, state: BatchState) -> str:
    if state is BatchState.RESTING:
        return f"Stopped while looking for photos · {progress.total:,} found"
    if state is BatchState.PAUSED:
        return f"Paused while looking for photos · {progress.total:,} found"
    return f"Looking for photos… {progress.total:,} found"


def _running_words(progress: JobProgress) -> str:
    parts = [_place(progress), counted(progress.faces, "face")]
    if progress.photos_per_s is not None:
        parts.append(f"{_rounded(progress.photos_per_s)} photos/s")
    if progress.time_left_s is not None and _read(progress) < progress.total:
        parts.append(f"{duration_words(progress.time_left_s)} left")
    return " · ".join(parts)


def _place(progress: JobProgress) -> str:
    return f"{_read(progress):,} of {counted(progress.total, 'photo')}"


def _read(progress: JobProgress) -> int:
    return progress.done + progress.failed


def duration_words(seconds: float) -> str:
    """ "40 s", "12 min", "2 h 5 min"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def counted(count: int, noun: str) -> str:
    """ "1 photo", "1,204 photos"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _rounded(rate: float) -> str:
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
