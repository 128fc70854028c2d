"""How many faces a frame can afford to have estimated."""

LEARNING_RATE = 0.2
"""Weight of the newest measurement: a single hiccup must not starve the next frames."""


class EstimateBudget:
    """Learns what a face costs, and keeps the estimates of one frame within a time.

    Args:
        budget_ms: time per frame for alignment and prediction.
        max_count: never more faces than this in one frame.
    """

    def __init__(self, budget_ms: float, max_count: int) -> None:
        self._budget_ms = budget_ms
        self._max_count = max_count
        self._ms_per_face: float | None = None

    @property
    def affordable_count(self) -> int:
        """Faces that fit into the budget: at least one, or no face would ever be estimated."""
        if self._ms_per_face is None:
            return 1
        return max(1, min(self._max_count, int(self._budget_ms / self._ms_per_face)))

    def learn(self, elapsed_ms: float, face_count: int) -> None:
        """Note that `face_count` faces, one or more, took `elapsed_ms`."""
        measured = max(elapsed_ms / face_count, 1e-3)
        known = self._ms_per_face
        self._ms_per_face = (
            measured if known is None else known + LEARNING_RATE * (measured - known)
        )
