"""What the pages of a job have in common: table, faces and statistics show the same choice."""

from collections.abc import Sequence
from typing import Protocol

from core.batch.row_filter import RowFilter
from core.batch.row_query import RowKey


class JobPage(Protocol):
    """A widget that shows the rows of one job that pass one filter."""

    def show_job(self, job_id: int | None) -> None:
        """Show another job from now on; None for none."""
        ...

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show the rows that pass this filter from now on."""
        ...

    def refresh(self, in_sight: Sequence[RowKey] = ()) -> None:
        """Read again: rows were added or corrected.

        Args:
            in_sight: rows that the user has at hand: they stay where they are, whatever the
                filter and the order say of them now, until another of these is chosen.
        """
        ...
