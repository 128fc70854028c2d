import os

from core.cluster.work import parts_of
from tests.core.batch.builders import OTHER_RECIPE, RECIPE
from tests.core.cluster.builders import make_work

NAMES = [f"{number:05}.jpg" for number in range(2000)]


def test_every_photo_is_in_one_part_and_in_order() -> None:
    work = make_work(*NAMES)
    parts = list(parts_of(work, RECIPE, 100))
    assert [photo for part in parts for photo in part.photos] == work
    assert 10 <= len(parts) <= 40
    assert max(len(part.photos) for part in parts) <= 200
    assert len({part.key for part in parts}) == len(parts)


def test_the_same_work_has_the_same_keys() -> None:
    first, second = (list(parts_of(make_work(*NAMES), RECIPE, 100)) for _ in range(2))
    assert first == second


def test_a_photo_more_changes_its_own_part_only() -> None:
    before = {part.key for part in parts_of(make_work(*NAMES), RECIPE, 100)}
    names = sorted([*NAMES, "00777-b.jpg"])
    after = {part.key for part in parts_of(make_work(*names), RECIPE, 100)}
    assert len(after - before) <= 2


def test_a_photo_that_changed_and_another_recipe_have_other_keys() -> None:
    (part,) = parts_of(make_work("a.jpg"), RECIPE, 100)
    (photo,) = part.photos
    changed = type(photo)(photo.name, photo.place, photo.size_bytes, "2")
    assert next(parts_of([changed], RECIPE, 100)).key != part.key
    assert next(parts_of([photo], OTHER_RECIPE, 100)).key != part.key


def test_a_name_that_is_no_unicode_has_a_part() -> None:
    (part,) = parts_of(make_work(os.fsdecode(b"caf\xe9.jpg")), RECIPE, 100)
    assert len(part.photos) == 1
