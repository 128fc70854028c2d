from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from core import paths
from core.adapting.corrected_faces import JobChoice
from core.adapting.folder_range import fit_range
from core.adapting.learning import Learnt, learn
from core.adapting.rehearsal import read_rehearsal
from core.adapting.validation import MAX_LOSS_YEARS, Outcome
from core.batch.correction import correct_face
from core.batch.file_stamp import file_stamp
from core.batch.outcome import PhotoAnswer
from core.batch.record import Correction
from core.batch.scan import FoundPhoto
from core.batch.store import BatchStore
from core.errors import DataError
from core.estimation.model_card import ONNX_FILE
from core.estimation.model_folder import ModelFolder, find_model
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from core.types import Box, Detection, Face, Image
from tests.core.adapting.builders import LAYER, make_teachable
from tests.core.adapting.test_folder_fit import holds
from tests.core.batch.builders import RECIPE, photos_of
from training.data.chip import Chip
from training.data.chip_cache import resize_chips
from training.data.degradations import blur, cast, darken
from training.data.labelled_data import Data, Part
from training.publishing.rehearsal import make_rehearsal

SHARED = paths.install_dir().parent / "shared" / "data"
WHOLE_CHIP = Detection.of_box(Box(8.65, 9.95, 190.55, 191.85))
"""What a face's crop is the chip itself of, 200 px wide."""

CORRECTED, UNSEEN = 300, 1000
BIAS_YEARS = 8.0


def made_up_camera(chip: Image) -> Image:
    return cast(darken(blur(chip, 1.2), 0.6), np.array([1.12, 1.0, 0.85]))


@pytest.fixture(scope="module")
def tested_faces(tmp_path_factory: pytest.TempPathFactory) -> tuple[NDArray[np.uint8], list[float]]:
    data = Data([SHARED / "UTKFace"], tmp_path_factory.mktemp("cache"))
    chips, images = data.part(Part.TEST)
    order = np.random.default_rng(0).permutation(len(chips))
    return images[order], [float(chips[index].age_years or 0) for index in order]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BatchStore]:
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path / "data")
    with BatchStore.open(tmp_path / "jobs.sqlite") as store:
        yield store


def corrected_job(
    store: BatchStore, folder: Path, images: NDArray[np.uint8], ages: list[float]
) -> JobChoice:
    """A job of a photo per chip, each of whose faces is corrected."""
    folder.mkdir()
    photos = [folder / f"{number}.png" for number in range(len(images))]
    for photo, image in zip(photos, images, strict=True):
        cv2.imwrite(str(photo), made_up_camera(image)[..., ::-1])
    job = store.create_job("camera", [folder], RECIPE)
    store.add_findings(job.id, [FoundPhoto(each, *file_stamp(each.stat())) for each in photos])
    face = (WHOLE_CHIP, Face(WHOLE_CHIP.box, 0.9))
    answers = [
        PhotoAnswer(each.id, each.path.name.encode().ljust(32), 200, 200, [face])
        for each in store.waiting_photos(job.id, 0, len(photos))
    ]
    store.store_outcomes(RECIPE.to_text(), answers)
    for photo_of_job, age in zip(photos_of(store, job), ages, strict=True):
        correct_face(store.database, photo_of_job.faces[0].id, Correction(age_years=age))
    return JobChoice(store.database, job.id)


def learnt_from(choice: JobChoice) -> Learnt:
    learnt = learn([choice], "camera", lambda *_: None, lambda: False)
    assert learnt is not None
    return learnt


def ages_of(model: ModelFolder, images: NDArray[np.uint8]) -> NDArray[np.float64]:
    with Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE))) as predictor:
        chips = resize_chips(images, model.card.input_size_px)
        return np.array([estimate.age_years for estimate in predictor.predict(chips)])


@pytest.mark.utkface
@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "UTKFace").is_dir(), reason="no UTKFace in ../shared/data")
def test_a_cameras_bias_is_halved_on_unseen_faces_and_utkface_loses_little(
    store: BatchStore, tmp_path: Path, tested_faces: tuple[NDArray[np.uint8], list[float]]
) -> None:
    images, true_years = tested_faces
    given = [min(age + BIAS_YEARS, 116.0) for age in true_years]
    learnt = learnt_from(
        corrected_job(store, tmp_path / "photos", images[:CORRECTED], given[:CORRECTED])
    )
    assert learnt.verdict.outcome is Outcome.BETTER
    unseen = slice(CORRECTED, CORRECTED + UNSEEN)
    taken = np.stack([made_up_camera(image) for image in images[unseen]])
    published, mine = find_model("visage"), find_model("camera")
    biases = [abs(np.mean(ages_of(one, taken) - given[unseen])) for one in (published, mine)]
    assert biases[0] > 5
    assert biases[1] < biases[0] / 2
    errors = [np.abs(ages_of(one, images) - true_years).mean() for one in (published, mine)]
    assert errors[1] - errors[0] <= MAX_LOSS_YEARS


@pytest.mark.utkface
@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "UTKFace").is_dir(), reason="no UTKFace in ../shared/data")
def test_from_ages_at_random_nothing_is_learnt(
    store: BatchStore, tmp_path: Path, tested_faces: tuple[NDArray[np.uint8], list[float]]
) -> None:
    rng = np.random.default_rng(0)
    for name, ages in (
        ("dealt", rng.permutation(tested_faces[1][:CORRECTED])),
        ("drawn", rng.uniform(0, 90, CORRECTED)),
    ):
        choice = corrected_job(store, tmp_path / name, tested_faces[0][:CORRECTED], ages.tolist())
        learnt = learnt_from(choice)
        assert (learnt.verdict.outcome, learnt.folder) == (Outcome.DISAGREES, None)


def test_a_rehearsal_holds_figures_of_faces_with_an_age(tmp_path: Path) -> None:
    model = make_teachable(tmp_path)
    chips = [Chip(Path(f"{n}"), None if n == 3 else n, True, 0) for n in range(90)]
    rng = np.random.default_rng(0)
    images = rng.integers(0, 255, (90, 200, 200, 3)).astype(np.uint8)
    with pytest.raises(DataError, match="one name"):
        make_rehearsal(model, "o", chips, images, "made up")
    made = make_rehearsal(model, LAYER, chips, images, "made up")
    made.write(model.path)
    read = read_rehearsal(model)
    assert read.faces.true_years.tolist() == [n for n in range(90) if n != 3]
    assert read.faces.styles.shape == (89, 6)
    assert read.faces.styles == pytest.approx(made.faces.styles, abs=0.05)
    assert read.reading.layer == LAYER


@pytest.mark.utkface
@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "UTKFace").is_dir(), reason="no UTKFace in ../shared/data")
def test_the_range_of_a_folder_holds_eight_in_ten_of_a_cameras_unseen_faces(
    tested_faces: tuple[NDArray[np.uint8], list[float]],
) -> None:
    images, true_years = tested_faces
    published = find_model("visage")
    with Predictor(published.card, OnnxEngine(published.verify_file(ONNX_FILE))) as predictor:
        taken = np.stack([made_up_camera(image) for image in images[:1500]])
        estimates = predictor.predict(resize_chips(taken, published.card.input_size_px))
    pairs = list(zip(estimates, (age + BIAS_YEARS for age in true_years), strict=False))
    rng = np.random.default_rng(0)
    shares = []
    for _ in range(10):
        drawn = rng.permutation(len(pairs))
        fitted = fit_range(pairs[index] for index in drawn[:100])
        assert fitted is not None
        unseen = [pairs[index] for index in drawn[100 : 100 + UNSEEN]]
        shares.append(np.mean([holds(fitted.fitted(one), age) for one, age in unseen]))
    assert np.mean([holds(one, age) for one, age in pairs]) < 0.7
    assert np.mean(shares) == pytest.approx(0.8, abs=0.03)
