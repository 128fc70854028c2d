"""A student learns from the labels and from what other models say of the same pictures."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import DataError
from tests.model_folders import make_model_folder
from tests.training.made_up_faces import write_chips
from training.architectures.heads import YEAR_BINS, age_output, gender_output
from training.data.augmentation import CAMERA
from training.data.chip_cache import resize_chips
from training.data.chip_dataset import Arrays, ChipDataset
from training.data.labelled_data import Data
from training.learning.configs import Preset, TrainConfig
from training.learning.distillation import PicturesOfSize, Teachers, with_teaching
from training.learning.losses import AgeLoss
from training.learning.presets import DISTRIBUTION, YEARS, find_config
from training.learning.run_dir import RunDir
from training.learning.train import finished_model, train
from training.publishing.model_folder import build_model_folder


def make_student(input_size_px: int) -> keras.Model:
    inputs = keras.Input((input_size_px, input_size_px, 3))
    x = keras.layers.Rescaling(1 / 255)(inputs)
    x = keras.layers.Conv2D(8, 3, strides=4, activation="relu")(x)
    x = keras.layers.Dropout(0.1)(keras.layers.Flatten()(x))
    outputs = {"age_output": age_output(x, YEAR_BINS), "gender_output": gender_output(x)}
    return keras.Model(inputs, outputs)


STUDENT = replace(
    find_config("age_gender_cnn", Preset.REPORT),
    make_model=make_student,
    age=DISTRIBUTION,
    age_loss=AgeLoss.LABEL_DISTRIBUTION,
    input_size_px=32,
    batch_size=8,
    epochs=2,
    learning_rate=1e-3,
    ema_momentum=0.9,
    precision="float32",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    root = tmp_path_factory.mktemp("data")
    return Data([write_chips(root / "UTKFace", 120)], root / "cache")


MakeTeacher = Callable[..., str]


@pytest.fixture(scope="module")
def make_teacher(data: Data, tmp_path_factory: pytest.TempPathFactory) -> MakeTeacher:
    def make(seed: int, input_size_px: int = 32, learnt: Data = data) -> str:
        keras.utils.set_random_seed(seed)
        folder = tmp_path_factory.mktemp("teacher") / "model"
        config = replace(STUDENT, input_size_px=input_size_px)
        build_model_folder(config, make_student(input_size_px), learnt, "none", folder)
        return str(folder)

    return make


def run_of(path: Path, config: TrainConfig, data: Data) -> RunDir:
    run = RunDir(path)
    run.start(config.described())
    train(config, data, run)
    return run


def test_several_teachers_answer_with_their_mean(make_teacher: MakeTeacher, data: Data) -> None:
    folders = (make_teacher(1), make_teacher(2))
    said = []
    for teachers in (folders[:1], folders[1:], folders):
        with Teachers(replace(STUDENT, teachers=teachers)) as asked:
            said.append(
                asked.answers(lambda px: resize_chips(data.images[:3], px), ["UTKFace"] * 3)
            )
    one, other, both = said
    assert both["age_output_taught"].shape == (3, YEAR_BINS)
    assert both["gender_output_taught"].shape == (3, 1)
    for name, mean in both.items():
        assert not np.allclose(one[name], other[name])
        assert mean == pytest.approx((one[name] + other[name]) / 2, abs=1e-6)


def test_a_teacher_is_asked_about_the_collections_that_it_learnt_from(
    make_teacher: MakeTeacher, data: Data, tmp_path: Path
) -> None:
    others = Data([write_chips(tmp_path / "OTHERS", 120)], tmp_path / "cache")
    of_utkface, of_others = make_teacher(1), make_teacher(2, learnt=others)
    pictures, collections = resize_chips(data.images[:3], 32), ["UTKFace", "OTHERS", "A third"]

    def said(*teachers: str) -> NDArray[np.float32]:
        with Teachers(replace(STUDENT, teachers=teachers)) as asked:
            return asked.answers(lambda _: pictures, collections)["gender_output_taught"]

    first, second = said(of_utkface), said(of_others)
    both = said(of_utkface, of_others)
    expected = [first[0], second[1], (first[2] + second[2]) / 2]
    assert both == pytest.approx(np.array(expected), abs=1e-5)
    assert abs(first[0] - second[0]) > 1e-3


@pytest.mark.slow
def test_a_student_taught_by_nothing_but_answers_comes_to_say_the_same(
    make_teacher: MakeTeacher, data: Data, tmp_path: Path
) -> None:
    teacher = make_teacher(1)
    config = replace(STUDENT, teachers=(teacher,), teaching_share=1.0, epochs=12)
    pictures = resize_chips(data.images[:20], 32)
    with Teachers(config) as teachers:
        expected = teachers.answers(lambda _: pictures, ["UTKFace"] * 20)["gender_output_taught"]
    student = finished_model(config, run_of(tmp_path / "run", config, data))
    images = pictures.astype(np.float32)
    said = student.predict_on_batch(images)["gender_output"]
    untaught = make_student(32).predict_on_batch(images)["gender_output"]
    assert np.abs(said - expected).mean() < np.abs(untaught - expected).mean() / 2


@pytest.mark.slow
def test_a_taught_run_in_two_goes_ends_where_one_go_ends(
    make_teacher: MakeTeacher, data: Data, tmp_path: Path
) -> None:
    config = replace(STUDENT, teachers=(make_teacher(1),))
    whole = run_of(tmp_path / "whole", config, data)
    run_of(tmp_path / "parts", replace(config, epochs=1), data)
    parts = run_of(tmp_path / "parts", config, data)
    figures = [epoch.figures for epoch in whole.read_history()]
    assert figures == [epoch.figures for epoch in parts.read_history()]
    assert "val_age_output_taught_loss" in figures[-1]


def test_each_teacher_sees_the_same_crops_at_its_own_size(
    make_teacher: MakeTeacher, data: Data
) -> None:
    teachers = (make_teacher(1, 48), make_teacher(2, 32))
    asked: dict[int, NDArray[np.uint8]] = {}
    with Teachers(replace(STUDENT, teachers=teachers)) as both:

        def teach(pictures_of: PicturesOfSize, collections: Sequence[str]) -> Arrays:
            def remembered(size_px: int) -> NDArray[np.uint8]:
                asked[size_px] = pictures_of(size_px)
                return asked[size_px]

            return both.answers(remembered, collections)

        config = replace(STUDENT, augmentation=CAMERA)
        ChipDataset(config, data.images, data.chips, data.split.train, teach=teach)[0]
    assert {size: pictures.shape for size, pictures in asked.items()} == {
        48: (8, 48, 48, 3),
        32: (8, 32, 32, 3),
    }
    shrunk = np.stack(
        [cv2.resize(one, (32, 32), interpolation=cv2.INTER_AREA) for one in asked[48]]
    )
    assert np.abs(shrunk.astype(int) - asked[32]).mean() < 4
    assert np.abs(asked[32][1:].astype(int) - asked[32][:-1]).mean() > 20


def test_teaching_adds_outputs_and_no_weights() -> None:
    model = make_student(32)
    taught = with_teaching(model, replace(STUDENT, teachers=("somewhere",)))
    assert set(taught.output) - set(model.output) == {"age_output_taught", "gender_output_taught"}
    assert taught.count_params() == model.count_params()
    assert with_teaching(model, STUDENT) is model


@pytest.mark.parametrize("changes", [{"gender": False}, {"age": None}, {"age": YEARS}])
def test_a_teacher_that_says_something_else_is_a_sentence(
    changes: dict[str, Any], tmp_path: Path
) -> None:
    folder = make_model_folder(tmp_path, **{"age": DISTRIBUTION, **changes})
    with pytest.raises(DataError, match="cannot teach age_gender_cnn"):
        Teachers(replace(STUDENT, teachers=(str(folder),)))
