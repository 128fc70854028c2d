import json
import os
import time
from functools import partial
from pathlib import Path

import huggingface_hub
import pytest
from huggingface_hub import constants
from huggingface_hub.utils._runtime import is_xet_available

from core import paths
from core.errors import ModelError
from core.estimation.model_card import CARD_FILE, ONNX_FILE
from core.estimation.model_folder import find_model
from core.hub import connection
from core.hub.pull import FORGOTTEN_S, MAX_BYTES, PART_PREFIX, pull
from tests.fake_hub import FakeHub
from tests.hub_fixtures import REPO, left_over
from tests.model_folders import make_model_folder


def test_a_model_comes_piece_by_piece_and_is_installed(
    holding: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 100)
    told: list[tuple[int, int]] = []
    model = pull(REPO, lambda came, in_all: told.append((came, in_all)))
    size = len(holding.files[REPO][ONNX_FILE])
    assert told == [*((came, size) for came in range(100, size, 100)), (size, size)]
    assert find_model("tiny") == model
    assert left_over() == [paths.user_models_dir() / "tiny"]
    assert sorted(file.name for file in model.path.iterdir()) == [CARD_FILE, ONNX_FILE]


def test_a_transfer_that_is_stopped_leaves_nothing(
    holding: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 100)
    told: list[int] = []
    with pytest.raises(ModelError, match="was stopped"):
        pull(REPO, lambda came, _all: told.append(came), lambda: len(told) == 2)
    assert told == [100, 200]
    assert left_over() == []


def test_what_a_killed_process_had_begun_goes_with_the_next_transfer(holding: FakeHub) -> None:
    root = paths.user_models_dir()
    for name, age_s in (("old", FORGOTTEN_S + 60), ("new", 60)):
        part = root / f"{PART_PREFIX}{name}"
        (part / "model").mkdir(parents=True)
        os.utime(part, times=(time.time() - age_s,) * 2)
    pull(REPO)
    assert [folder.name for folder in left_over()] == [f"{PART_PREFIX}new", "tiny"]


def test_a_place_for_models_that_cannot_be_made_is_a_sentence(holding: FakeHub) -> None:
    paths.user_models_dir().parent.touch()
    with pytest.raises(ModelError, match="cannot be made"):
        pull(REPO)


def last_bit_turned(damaged: str, name: str, content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1]) if name == damaged else content


def test_a_corrupted_transfer_is_refused_and_leaves_nothing(holding: FakeHub) -> None:
    for damaged in (CARD_FILE, ONNX_FILE):
        holding.damage = partial(last_bit_turned, damaged)
        with pytest.raises(ModelError, match="came damaged"):
            pull(REPO)
        assert left_over() == []


def test_an_interrupted_transfer_is_refused_and_leaves_nothing(
    holding: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # the library tries five times
    holding.damage = lambda name, content: content[:20] if name == ONNX_FILE else content
    with pytest.raises(ModelError, match="broke off"):
        pull(REPO)
    assert left_over() == []
    holding.damage = lambda name, content: content
    assert pull(REPO).card.name == "tiny"


def test_files_that_are_not_those_of_their_card_are_refused(holding: FakeHub) -> None:
    files = holding.files[REPO]
    files[ONNX_FILE] = files[ONNX_FILE] + b"\0"
    with pytest.raises(ModelError, match="is not the one that the model's card describes"):
        pull(REPO)
    assert left_over() == []


def test_a_card_that_asks_for_other_files_is_refused(holding: FakeHub) -> None:
    files = holding.files[REPO]
    card = json.loads(files[CARD_FILE])
    card["sha256"]["start.sh"] = "0" * 64
    files[CARD_FILE] = json.dumps(card).encode()
    with pytest.raises(ModelError, match="does not name the files of a model"):
        pull(REPO)
    assert left_over() == []


def test_a_file_that_is_too_large_is_not_begun(
    holding: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MAX_BYTES, ONNX_FILE, 10)
    with pytest.raises(ModelError, match="is too large"):
        pull(REPO)
    assert not any("model.onnx" in request for request in holding.requests)
    assert left_over() == []


def test_a_model_whose_name_is_taken_is_refused(holding: FakeHub, models_root: Path) -> None:
    pull(REPO)
    with pytest.raises(ModelError, match=r"tiny is installed already\. Remove its folder first"):
        pull(REPO)
    make_model_folder(models_root, "Tiny")
    with pytest.raises(ModelError, match="A model called Tiny comes with Visage: no other"):
        pull(REPO)
    assert left_over() == [paths.user_models_dir() / "tiny"]


def test_trouble_with_a_file_that_came_names_its_repository(holding: FakeHub) -> None:
    files = holding.files[REPO]
    good = files[ONNX_FILE]
    files[ONNX_FILE] = good + b"\0"
    with pytest.raises(ModelError, match=rf"^The file {REPO}/{ONNX_FILE} is not the one"):
        pull(REPO)
    files[ONNX_FILE] = good
    files[CARD_FILE] = b"{"
    with pytest.raises(ModelError, match=rf"^The card {REPO}/{CARD_FILE} cannot be understood"):
        pull(REPO)


@pytest.mark.parametrize("token", ["tökén", "two words", "hf_\x07"])
def test_a_token_that_is_none_is_a_sentence(
    token: str, holding: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(ModelError, match="is none: log in with `hf auth login`, or set HF_TOKEN"):
        pull(REPO)
    assert holding.requests == []


def test_a_folder_in_the_way_of_a_model_stays_as_it_is(holding: FakeHub) -> None:
    notes = paths.user_models_dir() / "tiny" / "notes.txt"
    notes.parent.mkdir(parents=True)
    notes.touch()
    with pytest.raises(ModelError, match="cannot be made"):
        pull(REPO)
    assert left_over() == [notes.parent]
    assert notes.exists()


def test_what_is_no_model_or_not_there_is_a_sentence(hub: FakeHub, models_root: Path) -> None:
    hub.files["somebody/else"] = {"README.md": b"hello"}
    with pytest.raises(ModelError, match=r"has no card\.json"):
        pull("somebody/else")
    with pytest.raises(ModelError, match="The Hub has no nobody/nothing"):
        pull("nobody/nothing")
    with pytest.raises(ModelError, match="is no name of a repository"):
        pull("no name at all")
    assert left_over() == []


def test_a_hub_that_is_not_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, models_root: Path
) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match="could not be reached"):
        pull(REPO)


def test_the_librarys_telemetry_is_off() -> None:
    assert connection.HfApi is huggingface_hub.HfApi
    assert constants.HF_HUB_DISABLE_TELEMETRY
    assert constants.HF_HUB_DISABLE_UPDATE_CHECK
    assert not is_xet_available()
