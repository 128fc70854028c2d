"""The job as it is assembled for users: real detectors, a model from disk."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from core.assembly import make_batch_job, make_recipe
from core.batch.job_control import JobControl
from core.batch.record import Job
from core.batch.store import BatchStore
from core.errors import ModelError
from core.estimation.model_folder import find_model
from core.paths import sample_photo
from core.settings import EngineChoice, Settings
from tests.core.batch.builders import photos_of
from tests.model_folders import make_card, sign_folder


def run(store: BatchStore, job: Job) -> None:
    with closing(make_batch_job(store, job, JobControl(), EngineChoice.ONNX, 2)) as batch:
        list(batch.run())


def test_the_sample_is_labelled_and_answered_again_from_the_store(
    store: BatchStore, model_folder: Path
) -> None:
    settings = Settings(min_face_px=30)
    first = store.create_job("first", [sample_photo()], make_recipe(None, settings))
    run(store, first)
    (photo,) = photos_of(store, first)
    assert len(photo.faces) == 2
    assert all(face.age_years and face.gender for face in photo.faces)
    second = store.create_job("second", [sample_photo()], make_recipe("tiny", settings))
    run(store, second)
    assert [face.face for face in photos_of(store, second)[0].faces] == [
        face.face for face in photo.faces
    ]


def test_a_thorough_job_finds_the_small_faces_too(
    store: BatchStore, model_folder: Path, tmp_path: Path
) -> None:
    with Pillow.open(sample_photo()) as sample:
        small = sample.resize((160, 107), Pillow.Resampling.BOX)
    crowd = Pillow.new("RGB", (3000, 2000), (90, 90, 90))
    crowd.paste(small, (1900, 1200))
    crowd.save(tmp_path / "crowd.png")
    counts = []
    for is_thorough in (False, True):
        recipe = make_recipe(None, Settings(is_thorough=is_thorough))
        job = store.create_job("job", [tmp_path / "crowd.png"], recipe)
        run(store, job)
        counts.append(len(photos_of(store, job)[0].faces))
    assert counts[1] == 2 > counts[0]


def test_a_photo_on_its_side_is_labelled_like_the_upright_one(
    store: BatchStore, model_folder: Path, tmp_path: Path
) -> None:
    with Pillow.open(sample_photo()) as sample:
        Pillow.fromarray(np.rot90(np.asarray(sample))).save(tmp_path / "side.png")
    recipe = make_recipe(None, Settings())
    job = store.create_job("job", [sample_photo(), tmp_path / "side.png"], recipe)
    run(store, job)
    ages = [sorted(face.age_years or 0 for face in p.faces) for p in photos_of(store, job)]
    assert ages[0] == pytest.approx(ages[1], abs=1.5)


def test_a_model_that_was_changed_meanwhile_does_not_finish_the_job(
    store: BatchStore, model_folder: Path
) -> None:
    job = store.create_job("job", [sample_photo()], make_recipe(None, Settings()))
    (model_folder / "model.keras").write_bytes(b"trained anew")
    sign_folder(model_folder, make_card())
    with pytest.raises(ModelError, match="was changed since this job was begun"):
        run(store, job)


def test_a_model_that_is_gone_is_a_sentence(store: BatchStore, model_folder: Path) -> None:
    job = store.create_job("job", [sample_photo()], make_recipe(None, Settings()))
    model_folder.rename(model_folder.with_name("elsewhere")).joinpath("card.json").unlink()
    with pytest.raises(ModelError, match="No model is installed"):
        run(store, job)


def test_the_recipe_follows_model_and_settings(model_folder: Path) -> None:
    settings = Settings(min_face_px=50, is_thorough=True)
    recipe = make_recipe(None, settings)
    assert recipe.model_name == find_model().card.name
    assert recipe.settings() == settings
    assert type(recipe).from_text(recipe.to_text()) == recipe
