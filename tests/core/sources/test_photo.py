"""Photos, good and bad."""

import os
import struct
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms, ImageFile, PngImagePlugin

from core import paths
from core.errors import PhotoError
from core.sources import file_check, picture_file
from core.sources import photo as photo_module
from core.sources.memory_budget import MemoryBudget
from core.sources.photo import check_photo, load_photo, load_reduced, open_photo, reduce_pixels
from core.types import Image
from tests.core.sources.builders import make_image, write_photo

SAMPLES = Path(__file__).with_name("samples")
"""HEIC files of `make_quarters`, written with pillow-heif 1.8.1: what reads them here, and what
Pillow has, cannot write them."""

UNDO_TURN = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}


def make_quarters(width: int = 60, height: int = 40) -> Image:
    """Red, green over blue, white: a picture that shows every turn."""
    image = np.full((height, width, 3), 255, np.uint8)
    image[: height // 2, : width // 2] = (250, 0, 0)
    image[: height // 2, width // 2 :] = (0, 250, 0)
    image[height // 2 :, : width // 2] = (0, 0, 250)
    return image


def save_turned(path: Path, orientation: int, **options: Any) -> Path:
    """`make_quarters` as a camera held in another way stores it."""
    picture = Pillow.fromarray(make_quarters())
    turn = UNDO_TURN[orientation]
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    (picture if turn is None else picture.transpose(turn)).save(path, exif=exif, **options)
    return path


def assert_looks_like(image: Image, expected: Image, tolerance: int = 12) -> None:
    assert image.shape == expected.shape
    difference = np.abs(image.astype(int) - expected.astype(int))
    # JPEG rings at the edges between the quarters.
    assert np.percentile(difference, 80) <= tolerance


def load_saved(path: Path, picture: Pillow.Image, **options: Any) -> Image:
    picture.save(path, **options)
    return load_photo(path).image


@pytest.mark.parametrize(
    ("size", "searched"),
    [((6000, 4000), (6000, 4000)), ((4200, 5700), (4200, 5700)), ((6000, 6000), (4899, 4899))],
)
def test_a_thorough_search_has_every_px_of_a_photo_of_24_megapixels(
    size: tuple[int, int], searched: tuple[int, int]
) -> None:
    photo = reduce_pixels(np.zeros((size[1], size[0], 3), np.uint8), is_thorough=True)
    assert (photo.image.shape[1], photo.image.shape[0]) == searched


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_are_honoured(tmp_path: Path, orientation: int, suffix: str) -> None:
    photo = load_photo(save_turned(tmp_path / f"turned.{suffix}", orientation))
    assert_looks_like(photo.image, make_quarters())
    assert (photo.width_px, photo.height_px) == (60, 40)


@pytest.mark.parametrize("name", ["turned.heic", "mirrored.heic"])
def test_a_heic_photo_is_turned_once(name: str) -> None:
    """Both say so twice, as phones do: in the container, which counts, and in EXIF."""
    photo = load_photo(SAMPLES / name)
    assert_looks_like(photo.image, make_quarters())
    assert (photo.width_px, photo.height_px) == (60, 40)


def test_a_heic_photo_is_reduced() -> None:
    photo = load_photo(SAMPLES / "turned.heic", max_side_px=30)
    assert photo.image.shape == (20, 30, 3)
    assert photo.scale == 2.0


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_truncated_heic_photo_is_a_sentence(tmp_path: Path, share: float) -> None:
    content = (SAMPLES / "turned.heic").read_bytes()
    path = tmp_path / "half.heic"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(PhotoError, match=r"^half\.heic is "):
        load_photo(path)


def test_a_turned_photo_is_reduced_by_its_longer_side(tmp_path: Path) -> None:
    photo = load_photo(save_turned(tmp_path / "turned.png", 6), max_side_px=30)
    assert photo.image.shape == (20, 30, 3)
    assert (photo.scale, photo.width_px, photo.height_px) == (2.0, 60, 40)


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif", "tif", "bmp"])
@pytest.mark.parametrize("size", [(1000, 700), (701, 1003), (2000, 3)])
def test_a_large_photo_is_reduced_and_says_by_how_much(
    tmp_path: Path, size: tuple[int, int], suffix: str
) -> None:
    path = write_photo(tmp_path / f"large.{suffix}", make_quarters(*size))
    photo = load_photo(path, max_side_px=300)
    assert max(photo.image.shape) == 300
    assert photo.scale == pytest.approx(max(size) / 300)
    assert (photo.width_px, photo.height_px) == size


@pytest.mark.parametrize("factor", [1.5, 2, 3.7, 8])
def test_a_reduced_photo_keeps_everything_in_its_place(tmp_path: Path, factor: float) -> None:
    full = make_quarters(round(240 * factor), round(160 * factor))
    for suffix in ("jpg", "png"):
        photo = load_photo(write_photo(tmp_path / f"large.{suffix}", full), max_side_px=240)
        assert_looks_like(photo.image, make_quarters(240, 160))


@pytest.mark.parametrize(
    ("longer_px", "reduced_px"), [(640, 640), (300, 300), (199, 199), (800, 400), (4000, 500)]
)
def test_a_photo_is_reduced_cheaply_but_not_below_what_is_needed(
    tmp_path: Path, longer_px: int, reduced_px: int
) -> None:
    path = write_photo(tmp_path / "photo.jpg", make_quarters(longer_px, longer_px // 2))
    photo = load_reduced(path, needed_side_px=400)
    assert max(photo.image.shape) == reduced_px
    assert photo.width_px == longer_px


@pytest.mark.parametrize("size", [(6000, 300), (300, 6000)])
def test_more_is_kept_of_the_length_of_a_strip(tmp_path: Path, size: tuple[int, int]) -> None:
    path = write_photo(tmp_path / "strip.jpg", make_quarters(*size))
    photo = load_reduced(path, needed_side_px=600)
    assert max(photo.image.shape) == 3000  # of two to one it would be 750


def test_photos_wait_until_there_is_memory_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = MemoryBudget(100_000)
    monkeypatch.setattr(picture_file, "_budget", budget)
    larger_than_all = write_photo(tmp_path / "large.png", make_image(200, 200))
    hungry = write_photo(tmp_path / "small.jp2", make_image(40, 40))
    small = write_photo(tmp_path / "small.png", make_image(20, 20))
    with ThreadPoolExecutor(3) as executor:
        with budget.hold(80_000):
            assert load_photo(small).width_px == 20
            paths_waiting = (larger_than_all, hungry, small)
            waiting = [executor.submit(load_photo, path) for path in paths_waiting]
            time.sleep(0.2)
            assert not any(one.done() for one in waiting[:2])
        assert [one.result(10).width_px for one in waiting] == [200, 40, 20]


def test_a_picture_as_thin_as_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thin.png"
    Pillow.new("1", (1, 1_000_001)).save(path)
    with pytest.raises(PhotoError, match=r"thin\.png is too long: 1 × 1000001 pixels"):
        load_photo(path)


def test_a_small_photo_stays_as_it_is(tmp_path: Path) -> None:
    photo = load_photo(write_photo(tmp_path / "small.png", make_quarters()))
    assert np.array_equal(photo.image, make_quarters())
    assert photo.scale == 1


def test_one_pixel_is_a_photo(tmp_path: Path) -> None:
    path = write_photo(tmp_path / "dot.png", make_image(1, 1, level=9))
    assert load_photo(path).image.tolist() == [[[9, 9, 9]]]


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    values = np.array([[0, 0x8000, 0xFFFF]], np.uint16)
    image = load_saved(tmp_path / "deep.png", Pillow.fromarray(values))
    assert image[0].tolist() == [[0, 0, 0], [128, 128, 128], [255, 255, 255]]


def test_floats_fill_the_range_from_black_to_white(tmp_path: Path) -> None:
    values = np.array([[-1.0, 0.0, 1.0]], np.float32)
    image = load_saved(tmp_path / "float.tif", Pillow.fromarray(values))
    assert image[0, :, 0].tolist() == [0, 127, 255]


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    picture = Pillow.fromarray(make_quarters()).convert("CMYK")
    image = load_saved(tmp_path / "print.jpg", picture, quality=95)
    assert_looks_like(image, make_quarters())


@pytest.mark.parametrize("mode", ["L", "1"])
def test_grey_becomes_rgb(tmp_path: Path, mode: str) -> None:
    picture = Pillow.fromarray(make_image(colour=(255, 255, 255))).convert(mode)
    image = load_saved(tmp_path / "grey.png", picture)
    assert_looks_like(image, make_image(colour=(255, 255, 255)))


def test_a_palette_becomes_rgb(tmp_path: Path) -> None:
    picture = Pillow.fromarray(make_quarters()).quantize(8)
    assert_looks_like(load_saved(tmp_path / "palette.png", picture), make_quarters())


def make_half_transparent(mode: str) -> Pillow.Image:
    picture = Pillow.fromarray(make_image()).convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 24, 64, 48))
    return picture.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(tmp_path: Path, mode: str) -> None:
    image = load_saved(tmp_path / "sticker.png", make_half_transparent(mode))
    assert (image[30:] == 255).all()
    assert image[:20].mean() < 120


def test_a_transparent_colour_is_white(tmp_path: Path) -> None:
    picture = Pillow.fromarray(make_image())
    image = load_saved(tmp_path / "key.png", picture, transparency=(0, 0, 0))
    assert (image[30:] == 255).all()
    assert image[5, 5].tolist() == [220, 40, 30]


def test_a_palette_with_many_transparencies_raises_no_warning(tmp_path: Path) -> None:
    picture = Pillow.fromarray(make_quarters()).quantize(4)
    image = load_saved(tmp_path / "p.png", picture, transparency=bytes([0, 0, 0, 0]))
    assert (image == 255).all()


@pytest.mark.parametrize("suffix", ["gif", "png", "webp", "tif"])
def test_of_an_animation_the_first_picture_is_taken(tmp_path: Path, suffix: str) -> None:
    first, second = (Pillow.fromarray(make_image(colour=c)) for c in [(200, 0, 0), (0, 0, 200)])
    path = tmp_path / f"moving.{suffix}"
    image = load_saved(path, first, save_all=True, append_images=[second])
    red, _, blue = image[10, 10]
    assert red > 150
    assert blue < 60


def test_a_colour_profile_is_applied(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    image = load_saved(
        tmp_path / "lab.tif", Pillow.new("LAB", (8, 8), (255, 128, 128)), icc_profile=profile
    )
    assert image.min() > 245, "the brightest L of neutral a and b is white"


@pytest.mark.parametrize("profile", [b"no profile", bytes(200)])
def test_a_broken_colour_profile_is_ignored(tmp_path: Path, profile: bytes) -> None:
    picture = Pillow.fromarray(make_quarters())
    image = load_saved(tmp_path / "odd.png", picture, icc_profile=profile)
    assert np.array_equal(image, make_quarters())


def test_broken_exif_is_ignored(tmp_path: Path) -> None:
    picture = Pillow.fromarray(make_quarters())
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff\x12\x01"
    image = load_saved(tmp_path / "odd.jpg", picture, exif=exif, quality=95)
    assert_looks_like(image, make_quarters())


@pytest.mark.parametrize("name", ["Großmutter.jpg", "家族.jpg", "سفر.jpg", "Эля 🎂.jpg"])
def test_names_in_any_script(tmp_path: Path, name: str) -> None:
    assert load_photo(write_photo(tmp_path / name)).width_px == 64


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names in Unicode")
def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg"))
    path.write_bytes(b"not a picture")
    with pytest.raises(PhotoError, match=r"caf\?\.jpg is not a picture") as trouble:
        load_photo(path)
    str(trouble.value).encode("utf-8")


def test_text_renamed_to_jpg_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("This is not a picture.")
    with pytest.raises(PhotoError, match=r"^text\.jpg is not a picture that Visage can read\.$"):
        load_photo(path)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "tif", "bmp", "avif"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_truncated_photo_is_a_sentence(tmp_path: Path, suffix: str, share: float) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 3), np.uint8)
    path = write_photo(tmp_path / f"half.{suffix}", noise)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(PhotoError, match=rf"^half\.{suffix} is "):
        load_photo(path)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif", "tif", "avif"])
def test_a_photo_full_of_garbage_is_a_picture_or_a_sentence(tmp_path: Path, suffix: str) -> None:
    random = np.random.default_rng(1)
    path = write_photo(tmp_path / f"whole.{suffix}", make_quarters())
    content = np.frombuffer(path.read_bytes(), np.uint8)
    outcomes = set()
    for _ in range(60):
        damaged = content.copy()
        places = random.integers(4, len(content), 12)
        damaged[places] = random.integers(0, 256, 12)
        path.write_bytes(damaged.tobytes())
        try:
            outcomes.add(load_photo(path).image.ndim)
        except PhotoError as error:
            outcomes.add(str(error).startswith("whole."))
    assert outcomes <= {3, True}


def test_zero_bytes_are_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "none.jpg"
    path.touch()
    with pytest.raises(PhotoError, match=r"none\.jpg is empty"):
        load_photo(path)


def test_a_missing_photo_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match=r"gone\.jpg does not exist"):
        load_photo(tmp_path / "gone.jpg")


@pytest.mark.skipif(sys.platform == "win32", reason="links of Unix")
def test_a_dead_link_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "dead.jpg").symlink_to("gone")
    with pytest.raises(PhotoError, match=r"^dead\.jpg is a link that leads nowhere\.$"):
        load_photo(tmp_path / "dead.jpg")


def test_a_name_that_is_too_long_is_a_sentence(tmp_path: Path) -> None:
    name = f"{'x' * 300}.jpg"
    with pytest.raises(PhotoError, match=rf"^{name} could not be read \([\w ]+\)\.$"):
        load_photo(tmp_path / name)


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="is a folder"):
        load_photo(tmp_path)


def test_a_photo_that_may_not_be_read_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_photo(tmp_path / "secret.jpg")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(file_check, "_open_without_waiting", refuse)
    with pytest.raises(PhotoError, match=r"secret\.jpg may not be read"):
        load_photo(path)


def test_too_little_memory_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(*_: object) -> None:
        raise MemoryError

    path = write_photo(tmp_path / "large.bmp")
    monkeypatch.setattr(ImageFile.ImageFile, "load", exhaust)
    with pytest.raises(PhotoError, match=r"large\.bmp needs more memory than is free"):
        load_photo(path)


def write_png_header(path: Path, width: int, height: int) -> Path:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + content + chunk(b"IEND", b""))
    return path


def test_beyond_the_limit_of_pixels_is_a_sentence(tmp_path: Path) -> None:
    path = write_png_header(tmp_path / "bomb.png", 60_000, 60_000)
    with pytest.raises(PhotoError, match=r"60000 × 60000 pixels, where 150 megapixels"):
        load_photo(path)


def claim_size(path: Path, marker: bytes, offset: int, form: str, size: tuple[int, int]) -> None:
    """Write another size into the head of a picture."""
    content = bytearray(path.read_bytes())
    struct.pack_into(form, content, content.index(marker) + offset, *size)
    path.write_bytes(content)


def test_a_progressive_jpeg_may_be_half_as_large_as_another(tmp_path: Path) -> None:
    for name, marker, is_progressive in (
        ("p.jpg", b"\xff\xc2", True),
        ("b.jpg", b"\xff\xc0", False),
    ):
        path = write_photo(tmp_path / name, progressive=is_progressive)
        claim_size(path, marker, 5, ">HH", (11_000, 10_000))
    with pytest.raises(PhotoError, match=r"10000 × 11000 pixels, where 80 megapixels"):
        check_photo(tmp_path / "p.jpg")
    check_photo(tmp_path / "b.jpg")


def test_so_may_a_jpeg_whose_colours_come_one_after_another(tmp_path: Path) -> None:
    """A decoder holds the coefficients of all its pixels, as of a progressive one."""
    path = write_photo(tmp_path / "planes.jpg")
    claim_size(path, b"\xff\xc0", 5, ">HH", (11_000, 10_000))
    content = path.read_bytes()
    head, _, rest = content.partition(b"\xff\xda\0\x0c\3")
    path.write_bytes(head + b"\xff\xda\0\x08\1" + rest[:2] + rest[6:])
    with pytest.raises(PhotoError, match=r"10000 × 11000 pixels, where 80 megapixels"):
        check_photo(path)


def test_a_jpeg_2000_may_have_25_megapixels(tmp_path: Path) -> None:
    path = write_photo(tmp_path / "large.jp2")
    claim_size(path, b"ihdr", 4, ">II", (5_000, 5_001))
    with pytest.raises(PhotoError, match=r"5001 × 5000 pixels, where 25 megapixels"):
        check_photo(path)


@pytest.mark.skipif(sys.platform == "win32", reason="such a file would fill the disk there")
@pytest.mark.parametrize(
    ("head", "size_bytes", "limit"),
    [
        (b"\xff\xd8\xff", 2_000_000_000, "2,000 MB, where 1,000 MB"),
        (b"RIFF\0\0\0\0WEBP", 300_000_000, "300 MB, where 250 MB"),
        (b"\0\0\0\x18ftypheic", 300_000_000, "300 MB, where 250 MB"),
    ],
)
def test_a_file_that_no_photo_fills_is_a_sentence(
    tmp_path: Path, head: bytes, size_bytes: int, limit: str
) -> None:
    path = tmp_path / "huge.jpg"
    path.write_bytes(head)
    os.truncate(path, size_bytes)
    with pytest.raises(PhotoError, match=rf"^huge\.jpg is too large: its file has {limit}"):
        load_photo(path)


MEASURE_MEMORY = """
import resource, sys
from pathlib import Path
from core.sources.photo import load_photo
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
photo = load_photo(Path(sys.argv[1]))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(photo.width_px, photo.height_px, (after - before) // 1024)
"""


def memory_growth_mb(path: Path, size: tuple[int, int]) -> int:
    """By how much a process grows that loads a photo of this size."""
    command = [sys.executable, "-W", "error", "-c", MEASURE_MEMORY, str(path)]
    answer = subprocess.run(
        command, cwd=paths.install_dir(), capture_output=True, text=True, check=True
    )
    width_px, height_px, growth_mb = map(int, answer.stdout.split())
    assert (width_px, height_px) == size
    return growth_mb


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory in the way of Linux")
@pytest.mark.parametrize(("name", "limit_mb"), [("huge.jpg", 80), ("huge.png", 200)])
def test_a_hundred_megapixels_cost_little_memory(tmp_path: Path, name: str, limit_mb: int) -> None:
    size = (12_000, 9_000)
    Pillow.new("L", size, 128).save(tmp_path / name)
    assert memory_growth_mb(tmp_path / name, size) < limit_mb


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures memory in the way of Linux")
@pytest.mark.parametrize(
    ("name", "mode", "size", "options"),
    [
        ("whole.jp2", "RGBA", (5_000, 5_000), {}),
        ("print.jpg", "CMYK", (8_900, 8_900), {"progressive": True, "subsampling": 0}),
    ],
)
def test_the_largest_photos_of_a_hungry_kind_cost_less_than_700_mb(
    tmp_path: Path, name: str, mode: str, size: tuple[int, int], options: dict[str, Any]
) -> None:
    Pillow.new(mode, size).save(tmp_path / name, **options)
    assert memory_growth_mb(tmp_path / name, size) < 700


@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_others_wait_for_the_memory_of_a_photo_until_it_was_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = write_photo(tmp_path / f"a.{suffix}", make_quarters(200, 100))
    budget = MemoryBudget(1_000_000, wait_s=0.01)
    monkeypatch.setattr(picture_file, "_budget", budget)
    with open_photo(path) as photo:
        held_bytes = 8 * photo.image.shape[0] * photo.image.shape[1]
        with pytest.raises(MemoryError):
            budget.take(budget.total_bytes - held_bytes + 1)
        budget.take(budget.total_bytes - held_bytes)
    budget.take(held_bytes)


@pytest.mark.parametrize(
    ("size", "level", "note"),
    [
        ((64, 48), 128, None),
        ((64, 48), 40, "It is very dark: faces may stay unseen."),
        ((900, 31), 128, "It is too small to see a face in: 31 px on its shorter side."),
    ],
)
def test_a_photo_that_hides_faces_says_why(
    tmp_path: Path, size: tuple[int, int], level: int, note: str | None
) -> None:
    grey = np.full((size[1], size[0], 3), level, np.uint8)
    assert load_photo(write_photo(tmp_path / "a.png", grey)).note == note


def test_a_night_with_a_few_lights_is_not_called_dark(tmp_path: Path) -> None:
    night = np.full((240, 320, 3), 10, np.uint8)
    night[:24] = 200
    assert load_photo(write_photo(tmp_path / "night.png", night)).note is None


@pytest.mark.parametrize("suffix", ["avif", "gif", "png", "webp"])
def test_an_animation_says_that_its_first_picture_was_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    first, second = (Pillow.new("RGB", (60, 40), grey) for grey in ("white", "grey"))
    first.save(path, save_all=True, append_images=[second])
    photo = load_photo(path)
    assert photo.note == "It is an animation, of which the first picture was read."
    assert (photo.image == 255).all()
    first.save(path)
    assert load_photo(path).note is None


def test_what_is_damaged_behind_the_first_picture_of_a_gif_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    Pillow.new("RGB", (60, 40), "white").save(path)
    path.write_bytes(path.read_bytes()[:-1] + b",\0")
    photo = load_photo(path)
    assert (photo.image == 255).all()
    assert photo.note is None


@pytest.mark.parametrize("mode", ["RGB", "P"])
@pytest.mark.parametrize(
    "name", ["exif", "icc_profile", "original_orientation", "progressive", "transparency"]
)
def test_a_text_of_a_png_is_not_taken_for_what_a_decoder_says(
    tmp_path: Path, name: str, mode: str
) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text(name, "any")
    path = tmp_path / "a.png"
    Pillow.new(mode, (60, 40)).save(path, pnginfo=texts)
    content = path.read_bytes()
    begin = content.index(b"tEXt") - 4
    end = begin + 12 + len(name) + 4
    at_end = content[:begin] + content[end:-12] + content[begin:end] + content[-12:]
    for order in (content, at_end):
        path.write_bytes(order)
        assert load_photo(path).image.shape == (40, 60, 3)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif"])
def test_unequal_resolutions_leave_a_photo_as_it_is(tmp_path: Path, suffix: str) -> None:
    """Its pixels are square all the same: cameras and programs write such by mistake."""
    photo = load_photo(write_photo(tmp_path / f"a.{suffix}", make_quarters(), dpi=(72, 144)))
    assert photo.image.shape == (40, 60, 3)


def test_what_a_search_holds_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_module, "_MAX_HELD_PX", 100_000)
    path = write_photo(tmp_path / "large.png", make_quarters(900, 700))
    height_px, width_px, _ = load_reduced(path, needed_side_px=600).image.shape
    assert height_px * width_px == pytest.approx(100_000, rel=0.01)
    monkeypatch.undo()
    assert max(load_reduced(path, needed_side_px=600).image.shape) == 900
