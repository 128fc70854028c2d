"""Whatever comes to the page, and however it breaks off: a sentence, and the server goes on."""

import json
import re
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

import pytest

from core import paths
from tests.web_server import (
    BOUNDARY,
    Client,
    Server,
    end_of_parts,
    part_head,
    serving,
    write_short_clip,
)

pytest.importorskip("gradio")
pytestmark = pytest.mark.slow

MANY = 30
MAX_BYTES = 250 * 1024**2
MAX_GROWTH_KB = 60_000
"""Beyond the third round, when Gradio remembers as many pages as it may."""
PATIENCE_S = 60.0
LARGE_BYTES = 100_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server")) as served:
        yield served


@pytest.fixture
def client(server: Server) -> Client:
    return Client(server)


@pytest.fixture(scope="module")
def sample() -> bytes:
    return paths.sample_photo().read_bytes()


@pytest.fixture(autouse=True)
def goes_on_and_keeps_nothing(server: Server, sample: bytes) -> Iterator[None]:
    """After each test: somebody else is answered, and nothing lies there."""
    yield
    other = Client(server)
    assert face_count(other.ask_about_photos(*other.upload(other_jpg=sample))) == 2
    wait_until(lambda: server.uploads() == [])


def face_count(told: str) -> int:
    return told.count("<tr>") - 1


def wait_until(is_so: Callable[[], bool]) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until_s
        time.sleep(0.1)


def test_thirty_photos_in_one_drop_are_answered(client: Client, sample: bytes) -> None:
    places = client.upload(**{f"photo{number}_jpg": sample for number in range(MANY)})
    told = client.ask_about_photos(*places)
    assert face_count(told) == 2 * MANY
    assert set(re.findall(r"photo\d+\.jpg", told)) == {f"photo{n}.jpg" for n in range(MANY)}


def test_thirty_browsers_at_once_with_the_same_photo_are_each_answered_in_flat_memory(
    server: Server, sample: bytes
) -> None:
    def ask(_number: int) -> int:
        client = Client(server)
        return face_count(client.ask_about_photos(*client.upload(photo_jpg=sample)))

    memory_kb = []
    for _ in range(5):
        with ThreadPoolExecutor(MANY) as browsers:
            assert list(browsers.map(ask, range(MANY))) == [2] * MANY
        memory_kb.append(server.memory_kb())
    assert memory_kb[-1] - memory_kb[2] < MAX_GROWTH_KB, memory_kb


def test_a_name_that_begins_with_a_dot_keeps_no_photo_from_its_answer(
    client: Client, sample: bytes
) -> None:
    dotted = [".hidden.jpg", "._a.jpg", "..jpg", ".jpg", "#.b.jpg", "?.c.jpg"]
    parts = [part_head(name) + sample + b"\r\n" for name in ["a.jpg", *dotted]]
    places = json.loads(client.send_parts(b"".join(parts) + end_of_parts()))
    told = client.ask_about_photos(*places)
    assert face_count(told) == 2 * len(parts)
    for name in ("a.jpg", "_.hidden.jpg", "_._a.jpg"):
        assert f"<td>{name}</td>" in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty_jpg", b""),
        ("cut_jpg", paths.sample_photo().read_bytes()[:5000]),
        ("text_png", b"no picture at all"),
        ("program_exe", b"MZ" + bytes(1000)),
        ("clip_mp4", paths.sample_clip().read_bytes()[:5000]),
    ],
)
def test_what_is_no_photo_is_a_sentence(client: Client, name: str, content: bytes) -> None:
    told = client.ask_about_photos(*client.upload(**{name: content}))
    assert name.replace("_", ".") in told
    assert "<p>" in told
    assert "Visage stopped" not in told


def test_what_is_no_video_is_a_sentence(client: Client) -> None:
    for content in (b"", b"no video", paths.sample_clip().read_bytes()[:20_000]):
        (place,) = client.upload(clip_mp4=content)
        assert re.search(r"<p>clip\.mp4 .+\.</p>", client.ask_about_video(place))


def test_an_upload_that_breaks_off_leaves_nothing(client: Client, server: Server) -> None:
    connection = client.begin_upload(10_000_000, bytes(100_000))
    wait_until(lambda: server.uploads() != [])
    connection.close()
    wait_until(lambda: server.uploads() == [])


def test_an_upload_that_is_too_large_is_refused_and_leaves_nothing(client: Client) -> None:
    size_bytes = MAX_BYTES + 1_000_000
    with client.begin_upload(size_bytes + 1000, b"") as connection:
        assert status_of(connection, size_bytes) == 413


def status_of(connection: socket.socket, size_bytes: int) -> int:
    """How the server answers while it is still sent zeros."""
    piece = bytes(1_000_000)
    try:
        for _ in range(size_bytes // len(piece)):
            connection.sendall(piece)
    except ConnectionError:
        pass  # it has heard enough
    return int(connection.recv(4096).split()[1])


def field(content: bytes) -> bytes:
    """A part that is no file."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="x"\r\n\r\n'
    return head.encode() + content + b"\r\n"


@pytest.mark.parametrize(
    "body",
    [
        part_head("cut.jpg") + bytes(5000),
        part_head("photo.jpg", "other") + bytes(5000) + b"\r\n" + end_of_parts(),
        part_head("..") + bytes(5000) + b"\r\n" + end_of_parts(),
        part_head("photo.jpg") + bytes(5000) + b"\r\n" + field(b"x") + end_of_parts(),
    ],
    ids=["no end", "other field", "no name", "field behind a file"],
)
def test_an_upload_that_is_not_as_a_browser_sends_it_leaves_nothing(
    client: Client, server: Server, body: bytes
) -> None:
    with suppress(HTTPError):
        assert client.send_parts(body) == b"[]"
    assert server.uploads() == []


def test_what_is_no_file_and_no_picture_is_not_held_in_memory(
    client: Client, server: Server
) -> None:
    before_kb = server.memory_kb()
    with pytest.raises(OSError):  # the server hangs up
        client.send_parts(field(bytes(LARGE_BYTES)))
    with pytest.raises(OSError):
        client.ask_about_photos("x" * LARGE_BYTES)
    assert server.memory_kb() - before_kb < MAX_GROWTH_KB


def test_a_browser_that_goes_away_before_its_photos_were_looked_at_stops_nobody(
    client: Client, sample: bytes
) -> None:
    places = client.upload(photo_jpg=sample)
    client.join_photos(*places)


def test_a_browser_that_goes_away_in_the_middle_of_its_video_stops_nobody(
    client: Client, server: Server, tmp_path: Path
) -> None:
    write_short_clip(tmp_path / "clip.mp4")
    (place,) = client.upload(clip_mp4=(tmp_path / "clip.mp4").read_bytes())
    client.join_video(place)


def test_a_model_that_is_not_there_is_refused(client: Client) -> None:
    with pytest.raises(AssertionError, match="gone"):
        client.ask_about_photos(model="gone")


def test_a_file_that_nobody_uploaded_is_neither_read_nor_removed(
    client: Client, tmp_path: Path
) -> None:
    private = tmp_path / "private.jpg"
    shutil.copy(paths.sample_photo(), private)
    with pytest.raises(AssertionError):
        client.ask_about_photos(str(private))
    assert private.exists()
