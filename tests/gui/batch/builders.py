"""Jobs with faces for the pages of the batch window."""

from core.batch.record import Job
from core.batch.store import BatchStore
from core.types import Gender
from tests.core.batch.builders import fill_job, make_face

CHILD = make_face(7, 0.2, Gender.MALE)
WOMAN = make_face(34, 0.95, Gender.FEMALE)
UNSURE = make_face(70, 0.5, Gender.UNSURE)


def family(store: BatchStore) -> Job:
    """A woman with a child, an unsure face, a landscape, a broken file and one that waits."""
    return fill_job(
        store,
        {
            "two.jpg": [WOMAN, CHILD],
            "old.jpg": [UNSURE],
            "sea.jpg": [],
            "bad.jpg": "bad.jpg is empty.",
            "later.jpg": None,
        },
    )
