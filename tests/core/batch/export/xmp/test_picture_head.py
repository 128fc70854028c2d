"""XMP and orientation are read from the head of a picture, and no pixel is decoded."""

import shutil
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PIL import ImageFile

from core.batch.export.xmp.merge import Picture
from core.batch.export.xmp.mwg import mwg_faces
from core.batch.export.xmp.picture_head import read_head
from core.batch.export.xmp.png_chunks import read_chunks
from core.errors import PhotoError
from tests.core.batch.export.xmp.builders import exiftool, mwg, needs_exiftool, write_turned, xmp

NAMED = xmp([mwg("Ann")])
SAMPLES = Path(__file__).parents[3] / "sources" / "samples"


def names(path: Path) -> list[str | None]:
    head = read_head(path)
    return [region.name for packet in head.packets for region in mwg_faces(packet.rdf, (120, 80))]


@pytest.fixture(autouse=True)
def no_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_picture: Pillow.Image) -> None:
        raise AssertionError("a picture was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", refuse)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write a picture with EXIF orientation 6 and named regions."""

    def write(ending: str, xmp: bytes = b"") -> Path:
        exif = Pillow.Exif()
        exif[0x0112] = 6
        path = tmp_path / f"a{ending}"
        Pillow.new("RGB", (120, 80)).save(path, exif=exif, xmp=xmp)
        return path

    return write


@pytest.mark.parametrize("ending", [".jpg", ".webp", ".avif"])
def test_names_and_orientation_are_found_in_pictures(
    write: Callable[..., Path], ending: str
) -> None:
    path = write(ending, xmp=NAMED.encode())
    assert names(path) == ["Ann"]
    assert read_head(path).orientation == 6


def test_names_are_found_in_a_tiff(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    Pillow.new("RGB", (120, 80)).save(path, tiffinfo={700: NAMED.encode(), 0x0112: 6})
    assert names(path) == ["Ann"]
    assert read_head(path).orientation == 6


def png_chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data).to_bytes(4)
    return len(data).to_bytes(4) + kind + data + checksum


@pytest.mark.parametrize("is_compressed", [False, True])
@pytest.mark.parametrize("is_behind_pixels", [False, True])
def test_names_and_orientation_are_found_in_a_png_before_and_behind_its_pixels(
    tmp_path: Path, is_compressed: bool, is_behind_pixels: bool
) -> None:
    path = tmp_path / "a.png"
    Pillow.new("RGB", (120, 80)).save(path)
    text = zlib.compress(NAMED.encode()) if is_compressed else NAMED.encode()
    flags = bytes([is_compressed, 0])
    chunks = png_chunk(b"iTXt", b"XML:com.adobe.xmp\0" + flags + b"en\0\0" + text)
    chunks += png_chunk(b"eXIf", exif_of(6))
    whole = path.read_bytes()
    place = whole.index(b"IEND") - 4 if is_behind_pixels else 33
    path.write_bytes(whole[:place] + chunks + whole[place:])
    assert names(path) == ["Ann"]
    assert read_head(path).orientation == 6


def exif_of(orientation: int) -> bytes:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    return exif.tobytes().removeprefix(b"Exif\0\0")


@pytest.mark.parametrize(
    "chunk",
    [
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0no deflated text"),
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\0"),
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(40_000_000))),
        b"\xff\xff\xff\xffiTXt",
        b"\0\0",
    ],
)
def test_odd_chunks_of_a_png_hold_no_names(tmp_path: Path, chunk: bytes) -> None:
    path = tmp_path / "a.png"
    Pillow.new("RGB", (8, 8)).save(path)
    whole = path.read_bytes()
    place = whole.index(b"IEND") - 4
    path.write_bytes(whole[:place] + chunk)
    assert len(read_chunks(path).get("xmp", b"")) <= 16_000_000
    assert names(path) == []


def test_a_sea_of_empty_chunks_behind_a_png_is_not_swum_through(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Pillow.new("RGB", (8, 8)).save(path)
    with path.open("r+b") as file:
        file.truncate(900_000_000)
    begun_s = time.process_time()
    assert read_chunks(path) == {}
    assert time.process_time() - begun_s < 15


def test_names_are_found_in_the_second_packet_of_a_jpeg(tmp_path: Path) -> None:
    path = write_turned(tmp_path / "a.jpg", xmp=xmp())
    text = xmp([mwg(f"Person {number}") for number in range(300)]).encode()
    id_and_length = b"0" * 32 + len(text).to_bytes(4)
    parts = b""
    for offset in reversed(range(0, len(text), 40_000)):
        piece = text[offset : offset + 40_000]
        head = b"http://ns.adobe.com/xmp/extension/\0" + id_and_length + offset.to_bytes(4)
        parts += b"\xff\xe1" + (len(head + piece) + 2).to_bytes(2) + head + piece
    whole = path.read_bytes()
    path.write_bytes(whole[:2] + parts + whole[2:])
    assert len(names(path)) == 300


@needs_exiftool
@pytest.mark.parametrize("ending", [".jpg", ".png", ".tif", ".webp"])
def test_names_that_exiftool_wrote_are_found(write: Callable[..., Path], ending: str) -> None:
    path = write(ending)
    area = "{X=0.2,Y=0.2,W=0.1,H=0.1,Unit=normalized}"
    exiftool("-q", f"-RegionInfo={{RegionList=[{{Area={area},Name=Ann,Type=Face}}]}}", path)
    assert names(path) == ["Ann"]
    assert read_head(path).orientation == 6


@pytest.mark.parametrize("packet", ["<broken", "<svg/>", "<!DOCTYPE a><a/>", " ", "\0\0"])
def test_a_packet_that_cannot_be_understood_is_passed_over(tmp_path: Path, packet: str) -> None:
    path = write_turned(tmp_path / "a.jpg", 3, packet)
    head = read_head(path)
    assert (head.packets, head.orientation) == ((), 3)


def test_a_picture_that_is_gone_or_none_any_more_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="does not exist"):
        read_head(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with pytest.raises(PhotoError, match="is not a picture"):
        read_head(tmp_path / "a.jpg")


def test_a_turned_picture_is_stored_with_its_sides_exchanged() -> None:
    assert Picture((80, 120), 6).stored_px == (120, 80)
    assert Picture((80, 120), 3).stored_px == (80, 120)


@needs_exiftool
@pytest.mark.parametrize(("name", "orientation"), [("turned.heic", 6), ("mirrored.heic", 5)])
def test_regions_in_heic_refer_to_the_picture_before_its_decoder_turns_it(
    tmp_path: Path, name: str, orientation: int
) -> None:
    path = tmp_path / name
    shutil.copy(SAMPLES / name, path)
    area = "{X=0.2,Y=0.2,W=0.1,H=0.1,Unit=normalized}"
    exiftool("-q", f"-RegionInfo={{RegionList=[{{Area={area},Name=Ann,Type=Face}}]}}", path)
    assert (names(path), read_head(path).orientation) == (["Ann"], orientation)
