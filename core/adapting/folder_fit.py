"""How well a folder fits what the model learnt from: its pictures, and its ranges."""

from collections.abc import Callable
from dataclasses import dataclass

from core.adapting.corrected_faces import JobChoice, StoppedError
from core.adapting.folder_distance import FolderDistance, measure_distance
from core.adapting.folder_range import FolderRange, range_of_job
from core.adapting.learning import teachable_model
from core.adapting.rehearsal import read_rehearsal


@dataclass(frozen=True, slots=True)
class FolderFit:
    """What was measured.

    Attributes:
        range: None if too few ages were corrected.
    """

    distance: FolderDistance
    range: FolderRange | None


def measure_fit(
    choice: JobChoice, tell: Callable[[int, int], None], is_stopped: Callable[[], bool]
) -> FolderFit | None:
    """How well a job's folder fits; None if it was stopped.

    Args:
        tell: called with how many faces were looked at, and how many will be.

    Raises:
        LearningError: if no model can say it, or too few faces can be read.
        ModelError: if the model cannot be run.
        StoreError: if the job cannot be read.
    """
    model = teachable_model()
    try:
        distance = measure_distance(model, read_rehearsal(model), choice, tell, is_stopped)
    except StoppedError:
        return None
    return FolderFit(distance, range_of_job(choice.database, choice.job_id))
