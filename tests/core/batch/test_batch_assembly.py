"""The job as it is assembled for users: real detectors, a model from disk."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from core.assembly import make_batch_job, make_recipe
from core.batch import recipe as recipe_module
from core.batch.correction import correct_face, undo_correction
from core.batch.job_control import JobControl
from core.batch.photo_reader import hash_content
from core.batch.recipe import Recipe
from core.batch.record import Correction, Job
from core.batch.store import BatchStore
from core.errors import ModelError
from core.estimation.model_card import AgeRange
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


def test_a_job_of_a_changed_model_is_answered_anew_and_keeps_corrections(
    store: BatchStore, model_folder: Path
) -> None:
    job = store.create_job("job", [sample_photo()], make_recipe(None, Settings()))
    run(store, job)
    woman = photos_of(store, job)[0].faces[1]
    correct_face(store.database, woman.id, Correction(age_years=77))
    (model_folder / "model.keras").write_bytes(b"trained anew")
    sign_folder(model_folder, make_card())
    run(store, job)
    (photo,) = photos_of(store, job)
    assert store.job(job.id).recipe == make_recipe(None, Settings()) != job.recipe
    assert [face.correction.age_years for face in photo.faces] == [None, 77]
    assert [face.number for face in photo.faces] == [1, 2]
    assert undo_correction(store.database, job.id) == photo.faces[1].id


def test_an_upgrade_of_search_crop_or_calibration_asks_again(
    store: BatchStore, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_recipe(None, Settings())
    job = store.create_job("job", [sample_photo()], first)
    run(store, job)
    digest = hash_content(sample_photo(), lambda: False)
    assert digest is not None
    assert store.knows_content(first.to_text(), digest)
    for name in ("SEARCH_VERSION", "CROP_VERSION", "QUALITY_VERSION", "VIDEO_VERSION"):
        with monkeypatch.context() as patch:
            patch.setattr(recipe_module, name, 99)
            upgraded = make_recipe(None, Settings())
            assert not store.knows_content(upgraded.to_text(), digest)
    age = make_card().age
    assert age is not None
    narrow = AgeRange((30.0,), (-1.0,), (1.0,))
    sign_folder(model_folder, replace(make_card(), age=replace(age, range=narrow)))
    assert not store.knows_content(make_recipe(None, Settings()).to_text(), digest)


def test_the_recipe_of_an_older_visage_is_read_and_equals_none_of_today(
    model_folder: Path,
) -> None:
    today = make_recipe(None, Settings())
    older = {
        "model_name": "tiny", "model_digest": "0", "min_face_px": 20, "detection_range": "auto",
        "min_detection_score": 0.5, "female_threshold": 0.6, "male_threshold": 0.4,
    }  # fmt: skip
    read = Recipe.from_text(json.dumps(older))
    assert read.model_name == "tiny"
    assert read.search_version < today.search_version


def test_asked_anew_a_job_looks_at_every_photo_though_it_is_known(
    store: BatchStore, model_folder: Path
) -> None:
    recipe = make_recipe(None, Settings())
    first = store.create_job("first", [sample_photo()], recipe)
    run(store, first)
    store.database.row("UPDATE face SET age = 1")
    known = store.create_job("known", [sample_photo()], recipe)
    run(store, known)
    again = store.create_job("again", [sample_photo()], recipe, is_anew=True)
    run(store, again)
    ages = [photos_of(store, job)[0].faces[0].age_years for job in (known, again)]
    assert ages[0] == 1 != ages[1]


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
