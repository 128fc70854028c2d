"""What there is to see of a photo that was labelled, or of a video."""

from core.batch.export.change_check import check_unchanged
from core.batch.record import PhotoFacts
from core.sources.photo import MAX_SIDE_PX, Photo, load_photo
from core.sources.video_frame import load_frame


def load_picture(facts: PhotoFacts, max_side_px: int = MAX_SIDE_PX) -> Photo:
    """A photo, or the frame that stands for a video, as it was labelled; reduced.

    Raises:
        PhotoError: if it is gone, was changed since or cannot be read.
    """
    if facts.is_video:
        picture = load_frame(facts.path, facts.frame_s or 0.0, max_side_px)
    else:
        picture = load_photo(facts.path, max_side_px)
    check_unchanged(facts)
    return picture
