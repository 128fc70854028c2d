"""Small inputs that were once read wrongly show the faces that they hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import paths
from core.assembly import make_photo_labeller
from core.photo_labelling import PhotoLabeller
from core.settings import Settings
from core.sources.video_file import VideoFileSource
from tests.core.sources.builders import write_photo

CASES = Path(__file__).parents[4] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared/cases")


@pytest.fixture(scope="module")
def labeller() -> Iterator[PhotoLabeller]:
    labeller = make_photo_labeller(None, Settings())
    yield labeller
    labeller.close()


def ages_years(labeller: PhotoLabeller, path: Path) -> list[float]:
    """Of the faces from left to right."""
    result = labeller.label(path)
    assert result.error is None
    faces = sorted(result.faces, key=lambda face: face.box.left)
    return [face.estimate.age_years for face in faces if face.estimate and face.estimate.age_years]


@pytest.mark.parametrize(
    "name",
    [
        "planar_16_bit.tif",
        "thumbnail_first.tif",
        "white_is_zero_8_bit.tif",
        "white_is_zero_16_bit.tif",
    ],
)
def test_a_tiff_shows_the_faces_of_the_sample(labeller: PhotoLabeller, name: str) -> None:
    expected = ages_years(labeller, paths.sample_photo())
    assert ages_years(labeller, CASES / "photo" / name) == pytest.approx(expected, abs=6)


def test_flat_pixels_give_the_ages_of_square_ones(labeller: PhotoLabeller, tmp_path: Path) -> None:
    ages = []
    for name in ("pixels_square.mp4", "pixels_4_to_3.mp4"):
        with VideoFileSource(CASES / "video" / name) as source:
            frame = source.read()
        assert frame is not None
        ages.append(ages_years(labeller, write_photo(tmp_path / f"{name}.png", frame.image)))
    assert len(ages[0]) == 2
    assert ages[1] == pytest.approx(ages[0], abs=3)
