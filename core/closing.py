"""What holds something until it is closed, at the end of a `with` block at the latest."""

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """Closed when its `with` block ends."""

    @abstractmethod
    def close(self) -> None:
        """Release what it holds. Closing twice is harmless."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
