"""What a cluster has to do: photos and videos, cut into parts that are labelled one by one."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from core.batch.recipe import Recipe
from core.sources.endings import is_video


@dataclass(frozen=True, slots=True)
class WorkPhoto:
    """A photo or a video as it was when it was found.

    Attributes:
        name: as results call it; no two photos of one source share one.
        place: where its storage finds it.
        size_bytes: 0 for a file that could not be looked at; reading it tells why.
        stamp: changes with the file's content: the time of its last change in ns, or what an object
            store says in its stead.
    """

    name: str
    place: str
    size_bytes: int
    stamp: str

    @property
    def is_video(self) -> bool:
        """Whether it is to be read as a video: its name alone tells."""
        return is_video(PurePath(self.place))


@dataclass(frozen=True, slots=True)
class Part:
    """Photos that one worker labels, and whose rows are one file.

    Attributes:
        key: tells apart parts whose rows may differ: of other photos, of the same ones changed, or
            labelled by another recipe.
    """

    key: str
    photos: tuple[WorkPhoto, ...]


def parts_of(photos: Iterable[WorkPhoto], recipe: Recipe, photos_per_part: int) -> Iterator[Part]:
    """The parts of these photos, in order, of about so many photos each and never twice as many.

    A part ends with a photo whose name says so by its hash. So a photo that comes or goes changes
    the part that it is in and no other.
    """
    taken: list[WorkPhoto] = []
    for photo in photos:
        taken.append(photo)
        if len(taken) >= 2 * photos_per_part or _ends_part(photo.name, photos_per_part):
            yield _part(taken, recipe)
            taken = []
    if taken:
        yield _part(taken, recipe)


def _ends_part(name: str, photos_per_part: int) -> bool:
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()
    return int.from_bytes(digest[:8], "big") % photos_per_part == 0


def _part(photos: list[WorkPhoto], recipe: Recipe) -> Part:
    # JSON escapes what is no Unicode in the names of files. The place is in no row, and one folder
    # may be reached by several.
    known = [(photo.name, photo.size_bytes, photo.stamp) for photo in photos]
    text = json.dumps([recipe.to_text(), *known])
    return Part(hashlib.sha256(text.encode()).hexdigest()[:24], tuple(photos))
