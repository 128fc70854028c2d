from dataclasses import replace
from pathlib import Path

from tests.training.made_up_faces import write_chips
from training.data.labelled_data import Data
from training.learning.configs import Preset
from training.learning.presets import find_config
from training.publishing.training_data import describe_training_data


def test_it_is_said_what_came_before_and_who_taught(tmp_path: Path) -> None:
    write_chips(tmp_path / "chips", 12)
    data = Data([tmp_path / "chips"], tmp_path / "cache")
    config = replace(
        find_config("vgg16", Preset.TUNED), teachers=("models/visage", "runs/large/model")
    )
    said = describe_training_data(config, data)
    assert "Before that: ImageNet, for research only." in said
    assert said.endswith(" It learnt what large and visage says of them, too.")
    assert "It learnt" not in describe_training_data(replace(config, teachers=()), data)
