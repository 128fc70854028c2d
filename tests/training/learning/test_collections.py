"""Two collections, one of them partly labelled, from the first command to the published model."""

import json
from pathlib import Path

import pytest

from core import paths
from core.estimation.model_card import read_card
from tests.training.made_up_faces import write_chips
from training.__main__ import main


def forget_labels(folder: Path) -> None:
    """Take the age from a third of the chips, the gender from another, and blur the last."""
    for index, chip in enumerate(sorted(folder.iterdir())):
        age, gender, rest = chip.name.split("_", 2)
        group = f"{int(age) // 10 * 10}-{int(age) // 10 * 10 + 9}"
        names = (f"x_{gender}_{rest}", f"{age}_x_{rest}", f"{group}_{gender}_{rest}")
        chip.rename(chip.with_name(names[index % 3]))


@pytest.mark.slow
def test_a_model_learns_from_two_collections_and_is_measured_on_each(
    tmp_path: Path,
    models_root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_chips(Path("UTKFace"), 100)
    forget_labels(write_chips(Path("album"), 100, seed=1))
    data = ["--data", "UTKFace", "album"]
    shape = ["--size", "64", "--epochs", "1", "--balance-collections", "0.5"]
    assert main(["train", "age_gender_cnn", *data, *shape, "--run", "runs/two"]) == 0
    assert "of UTKFace" in capsys.readouterr().out
    assert main(["evaluate", "runs/two", *data, "--card"]) == 0
    assert "all together" in capsys.readouterr().out
    card = read_card(Path("runs/two/model"))
    assert set(card.collections) == {"UTKFace", "album"}
    album = card.collections["album"]
    assert album["train"] + album["validation"] + album["test"] == 100
    config = json.loads(Path("runs/two/config.json").read_text())
    assert config["split"] == " ".join(
        f"{name}:{card.collections[name]['split']}" for name in ("UTKFace", "album")
    )
    assert "album: " in card.training_data
    assert "licences of UTKFace and album" in card.licence
    assert set(card.figures["by_collection"]) == {"UTKFace", "album"}
    assert card.figures["by_collection"]["album"]["n"] == album["test"]
    assert card.figures["measured_on"]["album"]["part"] == "test"
    assert main(["publish", "runs/two"]) == 0
    assert read_card(paths.models_dir() / "age_gender_cnn").collections == card.collections
