"""Reads one video of a job down to the people who are seen in it."""

from collections.abc import Callable

from core.batch.job_control import JobControl
from core.batch.job_progress import VideoPlace, VideosInHand
from core.batch.outcome import PhotoAnswer
from core.batch.record import WaitingPhoto
from core.errors import SourceError
from core.faces.visibility import why_unseen
from core.live_pipeline import LivePipeline
from core.sources.photo import doubt
from core.sources.video_file import VideoFileSource
from core.sources.video_sampler import VideoSampler
from core.types import Frame, Image
from core.video_labelling import SAMPLES_PER_S, PeopleLog


class VideoReader:
    """Reads videos one by one, each from its beginning to its end; several threads may use it.

    Args:
        make_pipeline: a new pipeline for each video, unhurried; it is not closed, as its predictor
            belongs to the job.
        control: of the job: a pause or a cancel takes effect in the middle of a video.
        in_hand: is told how far each video is.
    """

    def __init__(
        self,
        make_pipeline: Callable[[], LivePipeline],
        control: JobControl,
        in_hand: VideosInHand,
    ) -> None:
        self._make_pipeline = make_pipeline
        self._control = control
        self._in_hand = in_hand

    def read(self, video: WaitingPhoto, content_hash: bytes) -> PhotoAnswer | None:
        """Who is seen in a video; None if the job was cancelled meanwhile.

        Of a video that breaks off, those who are seen before, with a note; and a word where nobody
        is seen because no frame shows enough.

        Raises:
            SourceError: if there is no frame to look at.
            ModelError: if a model cannot be used.
        """
        source = VideoFileSource(video.path)
        log, last, note = PeopleLog(self._make_pipeline()), None, None
        reasons: set[str | None] = set()
        try:
            with VideoSampler(source, 1 / SAMPLES_PER_S) as sampler:
                for last in sampler.frames(lambda: self._control.is_cancelled):
                    log.add(last)
                    if None not in reasons:
                        reasons.add(_why_unseen(last.image))
                    place = VideoPlace(video.path, last.time_s, source.duration_s)
                    self._in_hand.note(video.id, place)
                    self._control.wait_while_paused()
        except SourceError as error:
            if last is None:
                raise
            note = str(error)
        finally:
            self._in_hand.forget(video.id)
        if self._control.is_cancelled:
            return None
        assert last is not None, "a source without a picture says so"
        if not log.people and None not in reasons:
            note = " ".join(filter(None, (note, *sorted(filter(None, reasons)))))
        return _answer(video.id, content_hash, last, log, note)


def _why_unseen(image: Image) -> str | None:
    """Why no face may have been seen in a frame; None where one could be."""
    return doubt(image, min(image.shape[:2])) or why_unseen(image)


def _answer(
    video_id: int, content_hash: bytes, frame: Frame, log: PeopleLog, note: str | None
) -> PhotoAnswer:
    people = log.people
    height_px, width_px = frame.image.shape[:2]
    return PhotoAnswer(
        video_id,
        content_hash,
        width_px,
        height_px,
        [(person.detection, person.face) for person in people],
        note,
        spans=[person.span for person in people],
        trails=[person.trail for person in people],
    )
