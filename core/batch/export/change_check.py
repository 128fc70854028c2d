"""Whether a photo is still the one that was labelled."""

from core.batch.file_stamp import file_stamp
from core.batch.record import PhotoFacts
from core.errors import PhotoError
from core.sources.file_check import display_name


def check_unchanged(facts: PhotoFacts) -> None:
    """Make sure that a photo that was just read shows the faces where the store has them.

    To be called after the reading: a photo that changes before or meanwhile is caught alike.

    Raises:
        PhotoError: if its file has another size or time by now, or is gone.
    """
    name = display_name(facts.path)
    try:
        status = facts.path.stat()
    except OSError as error:
        raise PhotoError(f"{name} disappeared while it was read ({error.strerror}).") from error
    if file_stamp(status) != (facts.size_bytes, facts.mtime_ns):
        raise PhotoError(f"{name} was changed since it was labelled. Label it again.")
