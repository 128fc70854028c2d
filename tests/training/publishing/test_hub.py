import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import huggingface_hub
import keras
import numpy as np
import pytest
from huggingface_hub import ModelCard as HubCard
from huggingface_hub import constants
from huggingface_hub.utils._runtime import is_xet_available

from core import paths
from core.errors import DataError, ModelError
from core.estimation.model_card import CARD_FILE, KERAS_FILE, ONNX_FILE, read_card
from core.estimation.model_folder import find_model
from core.estimation.onnx_engine import OnnxEngine
from tests.model_folders import make_card, make_model_folder, sign_folder
from tests.training.publishing.fake_hub import FakeHub, serving
from training.__main__ import main
from training.pages.page import Page
from training.publishing.hub import connection, readme, transfer
from training.publishing.hub.transfer import MAX_BYTES, pull, push

# huggingface_hub's own way to hand a file to its HTTP library.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content:DeprecationWarning")

BUNDLED = paths.models_dir()
REPO = "somebody/faces"
FIGURES = {"n": 3, "age_mae": 4.5}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeHub]:
    with serving() as served:
        monkeypatch.setattr(constants, "ENDPOINT", served.address)
        monkeypatch.setattr(
            constants,
            "HUGGINGFACE_CO_URL_TEMPLATE",
            served.address + "/{repo_id}/resolve/{revision}/{filename}",
        )
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no token"))
        monkeypatch.setenv("HF_TOKEN", "hf_made_up")
        yield served


@pytest.fixture
def holding(hub: FakeHub, models_root: Path, tmp_path: Path) -> FakeHub:
    """The Hub with a tiny model that is not installed here."""
    folder = make_model_folder(tmp_path / "made", "tiny")
    hub.files[REPO] = {file.name: file.read_bytes() for file in folder.iterdir()}
    return hub


def left_over() -> list[Path]:
    root = paths.user_models_dir()
    return sorted(root.iterdir()) if root.is_dir() else []


def test_a_pushed_model_comes_back_byte_for_byte_and_answers_the_same(
    hub: FakeHub, models_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hub", "push", str(BUNDLED / "age_cnn"), "--repo", REPO]) == 0
    assert main(["hub", "pull", REPO]) == 0
    told = capsys.readouterr().out
    pulled = find_model("age_cnn")
    assert pulled.path == paths.user_models_dir() / "age_cnn"
    assert f"{hub.address}/{REPO}" in told
    assert str(pulled.path) in told
    names = {file.name for file in pulled.path.iterdir()}
    assert names == {CARD_FILE, KERAS_FILE, ONNX_FILE}
    for name in names:
        assert (pulled.path / name).read_bytes() == (BUNDLED / "age_cnn" / name).read_bytes()
    chips = np.random.default_rng(0).uniform(0, 255, (2, 128, 128, 3)).astype(np.float32)
    with_keras = keras.saving.load_model(pulled.path / KERAS_FILE, compile=False)
    answers = OnnxEngine(pulled.path / ONNX_FILE).run(chips)
    np.testing.assert_allclose(with_keras(chips)["age_output"], answers["age_output"], atol=1e-3)


def test_the_page_of_a_repository_has_a_head_that_the_hub_understands(
    hub: FakeHub, models_root: Path
) -> None:
    push(BUNDLED / "visage", REPO)
    page = hub.files[REPO]["README.md"].decode()
    data: Any = HubCard(page).data
    assert (data.library_name, data.license) == ("keras", "other")
    assert data.datasets == ["UTKFace"]
    card = read_card(BUNDLED / "visage")
    told = {(one.dataset_config, one.metric_name): one.metric_value for one in data.eval_results}
    assert told[None, "age mae"] == pytest.approx(card.figures["age_mae"], abs=1e-6)
    oldest = card.figures["by_age_band"]["0-2"]["age_mae"]
    assert told["by age band 0-2", "age mae"] == pytest.approx(oldest, abs=1e-6)
    assert len(told) == len(list(readme.eval_results(card))) > 100
    for words in (card.limits, card.licence, "keras.saving.load_model", "## Ages"):
        assert words in page
    curve = "visage/age_error_by_age.svg"
    assert f"({curve})" in page
    assert hub.files[REPO][curve].startswith(b"<svg") or b"<svg" in hub.files[REPO][curve]


def test_the_five_lines_of_python_on_its_page_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(readme, "model_page", lambda _card: Page("A model"))
    readme.write_readme(read_card(BUNDLED / "visage"), tmp_path)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    program = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert program is not None
    monkeypatch.chdir(BUNDLED / "visage")
    exec(program[1], {})
    assert "gender_output" in capsys.readouterr().out


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
    make_model_folder(models_root, "tiny")
    with pytest.raises(ModelError, match="tiny is installed already"):
        pull(REPO)
    assert left_over() == []


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


def test_without_a_token_a_push_is_a_sentence(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    monkeypatch.setattr(transfer, "write_readme", lambda _card, _folder: None)
    folder = make_model_folder(tmp_path / "made", figures=FIGURES)
    with pytest.raises(ModelError, match="hf auth login"):
        push(folder, REPO)
    assert hub.files == {}


def test_a_hub_that_is_not_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, models_root: Path
) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match="could not be reached"):
        pull(REPO)


def test_a_model_that_was_never_measured_or_was_changed_is_not_pushed(
    hub: FakeHub, tmp_path: Path
) -> None:
    folder = make_model_folder(tmp_path, "tiny")
    with pytest.raises(DataError, match="never evaluated"):
        push(folder, REPO)
    sign_folder(folder, replace(make_card("tiny"), figures=FIGURES))
    (folder / ONNX_FILE).write_bytes(b"changed")
    with pytest.raises(ModelError, match="not the one that the model's card describes"):
        push(folder, REPO)
    assert hub.files == {}


def test_the_librarys_telemetry_is_off() -> None:
    assert connection.HfApi is huggingface_hub.HfApi
    assert constants.HF_HUB_DISABLE_TELEMETRY
    assert constants.HF_HUB_DISABLE_UPDATE_CHECK
    assert not is_xet_available()
