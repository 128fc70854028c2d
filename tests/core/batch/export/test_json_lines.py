import json
import os
from pathlib import Path

import pytest

from core.batch.box_correction import add_face
from core.batch.export.json_lines import write_json_lines
from core.batch.record import Job, LabelledPhoto, PhotoFacts, PhotoState
from core.batch.store import BatchStore
from core.types import Box, Detection, Face
from tests.core.batch.builders import RECIPE, photos_of


def test_each_photo_is_a_line_with_estimate_and_correction(
    photos: list[LabelledPhoto], tmp_path: Path
) -> None:
    write_json_lines(photos, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    two, sea, bad = map(json.loads, lines)
    woman, man = two["faces"]
    assert (woman["age_years"], woman["is_corrected"]) == (30, False)
    assert (man["age_years"], man["is_corrected"]) == (41, True)
    assert man["estimate"]["age_years"] == 50
    assert woman["box_px"] == [10, 20, 50, 60]
    assert len(woman["landmarks_px"]) == 6
    assert {photo["labelled_by"] for photo in (two, sea, bad)} == {RECIPE.labelled_by}
    assert (two["width_px"], two["height_px"]) == (100, 80)
    assert (sea["faces"], sea["error"]) == ([], None)
    assert (bad["state"], bad["error"]) == ("failed", "bad.jpg is empty.")


def test_a_box_by_hand_is_said_and_has_no_landmarks_where_none_were_seen(
    store: BatchStore, job: Job, tmp_path: Path
) -> None:
    box = Box(60, 20, 95, 60)
    photo_id = photos_of(store, job)[0].facts.id
    add_face(store.database, photo_id, Detection.of_box(box), Face(box, 0.0))
    write_json_lines(photos_of(store, job), tmp_path / "out.jsonl")
    first = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0]
    faces = json.loads(first)["faces"]
    assert [face["box_by"] for face in faces] == ["detector", "detector", "hand"]
    assert faces[2]["landmarks_px"] is None


def written_name(name: str, target: Path) -> str:
    """The one name in the JSON Lines of a photo called `name`."""
    write_json_lines([LabelledPhoto(PhotoFacts(1, Path(name), PhotoState.DONE))], target)
    content = target.read_bytes()
    assert content.count(b"\n") == 1
    path: str = json.loads(content.decode("utf-8"))["path"]
    return path


@pytest.mark.parametrize("name", ["two\nlines.jpg", "家族.jpg", "\u2028.jpg"])
def test_names_of_any_kind_come_back(name: str, tmp_path: Path) -> None:
    assert written_name(name, tmp_path / "out.jsonl") == name


def test_bytes_of_a_name_that_are_no_unicode_are_question_marks(tmp_path: Path) -> None:
    assert written_name(os.fsdecode(b"/caf\xe9.jpg"), tmp_path / "out.jsonl") == "/caf?.jpg"
