import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from huggingface_hub import ModelCard as HubCard

from core import paths
from core.errors import DataError, ModelError
from core.estimation.model_card import CARD_FILE, KERAS_FILE, ONNX_FILE, read_card
from core.estimation.model_folder import find_model
from core.estimation.onnx_engine import OnnxEngine
from tests.fake_hub import USER, FakeHub
from tests.hub_fixtures import REPO
from tests.model_folders import make_card, make_model_folder, sign_folder
from training.__main__ import main
from training.pages.page import Page
from training.publishing.hub import push as pushing
from training.publishing.hub import readme
from training.publishing.hub.push import push

# huggingface_hub's own way to hand a file to its HTTP library.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content:DeprecationWarning")

BUNDLED = paths.models_dir()
FIGURES = {"n": 3, "age_mae": 4.5}


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
    assert data.datasets == ["AAF", "IMDB-WIKI", "UTKFace", "VGGFace2"]
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


def test_the_five_lines_of_python_on_its_page_run_with_the_files_beside_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(readme, "model_page", lambda _card: Page("A model"))
    tiny = make_model_folder(tmp_path / "made")
    for folder, library in ((BUNDLED / "visage", "keras"), (tiny, "onnx")):
        card = read_card(folder)
        readme.write_readme(card, tmp_path)
        page = (tmp_path / "README.md").read_text(encoding="utf-8")
        program = re.search(r"```python\n(.*?)```", page, re.DOTALL)
        assert program is not None
        monkeypatch.chdir(folder)
        exec(program[1], {})
        assert "gender_output" in capsys.readouterr().out
        assert readme.hub_data(card).library_name == library
        assert (KERAS_FILE in page) == (KERAS_FILE in card.sha256)


def test_what_its_page_says_a_model_learnt_from_is_what_its_card_says() -> None:
    collections = {"my-chips": {"train": 5}, "AAF": {"train": 7}}
    figures = {"measured_on": {"UTKFace": {"n": 1}}}
    first = make_card(figures=figures, training_data="UTKFace. Before that: ImageNet.")
    assert readme.hub_data(first).datasets == ["ImageNet", "UTKFace"]
    second = make_card(figures=figures, training_data="my-chips; AAF.", collections=collections)
    assert readme.hub_data(second).datasets == ["AAF", "my-chips"]


def test_without_a_token_a_push_is_a_sentence(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HF_TOKEN")
    monkeypatch.setattr(pushing, "write_readme", lambda _card, _folder: None)
    folder = make_model_folder(tmp_path / "made", figures=FIGURES)
    with pytest.raises(ModelError, match="hf auth login"):
        push(folder, REPO)
    assert hub.files == {}


def test_a_repository_without_a_users_name_is_ones_own(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pushing, "write_readme", lambda _card, _folder: None)
    folder = make_model_folder(tmp_path / "made", figures=FIGURES)
    assert push(folder, "faces") == f"{hub.address}/{USER}/faces"
    assert set(hub.files[f"{USER}/faces"]) == {CARD_FILE, ONNX_FILE}


def test_a_push_that_breaks_off_shows_nothing_of_the_model(
    hub: FakeHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # the library tries five times
    monkeypatch.setattr(pushing, "write_readme", lambda _card, _folder: None)
    folder = make_model_folder(tmp_path / "made", figures=FIGURES)
    hub.refuses_uploads = True
    with pytest.raises(ModelError, match="broke off"):
        push(folder, REPO)
    assert hub.files == {REPO: {}}
    hub.refuses_uploads = False
    push(folder, REPO)
    assert set(hub.files[REPO]) == {CARD_FILE, ONNX_FILE}


def test_a_model_that_was_never_measured_or_was_changed_is_not_pushed(
    hub: FakeHub, tmp_path: Path
) -> None:
    folder = make_model_folder(tmp_path, "tiny")
    with pytest.raises(DataError, match="never evaluated"):
        push(folder, REPO)
    sign_folder(folder, replace(make_card("tiny"), figures=FIGURES))
    with pytest.raises(DataError, match="lacks 'intervals': measure it again"):
        push(folder, REPO)
    (folder / ONNX_FILE).rename(folder / KERAS_FILE)
    sign_folder(folder, replace(make_card("tiny"), figures=FIGURES))
    with pytest.raises(DataError, match=r"has no model\.onnx"):
        push(folder, REPO)
    (folder / KERAS_FILE).rename(folder / ONNX_FILE)
    sign_folder(folder, replace(make_card("tiny"), figures=FIGURES))
    (folder / ONNX_FILE).write_bytes(b"changed")
    with pytest.raises(ModelError, match="not the one that the model's card describes"):
        push(folder, REPO)
    assert hub.files == {}
