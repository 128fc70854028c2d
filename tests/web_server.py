"""The page for a browser in a process of its own, and a client that speaks as its browser does."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import cv2

from core import paths

BOUNDARY = "between"
WAIT_S = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`main.py web`, whose temporary files lie in `folder`.

    It is started there, too: Gradio reads less of what lies below where it was started.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        environment = {**os.environ, "TMPDIR": str(folder), "HOME": str(folder)}
        program = str(paths.install_dir() / "main.py")
        command = [sys.executable, program, "web", "--port", str(port), *options]
        self.process = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.address in self.process.stdout.readline()
        self._before = set(self._files())

    def uploads(self) -> list[Path]:
        """What lies there since it was started, but for finished videos."""
        return [path for path in self._files() if path not in self._before]

    def _files(self) -> list[Path]:
        """Fonts and settings of libraries lie elsewhere."""
        found = self.folder.glob("visage-web-*/**/*")
        return [path for path in found if path.is_file() and path.suffix != ".webm"]

    def memory_kb(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    server = Server(folder, *options)
    with server.process:  # closes its output, and waits for it
        yield server
        server.process.terminate()


class Client:
    """One browser's session, without a browser."""

    def __init__(self, server: Server) -> None:
        self.address = server.address
        self.session = secrets.token_hex(5)
        self._events = json.loads(self._fetch("/config"))["dependencies"]

    def upload(self, **files: bytes) -> list[str]:
        """Send files by name, dots as underscores, and where they came to lie."""
        body = b"".join(
            part_head(name.replace("_", ".")) + content + b"\r\n" for name, content in files.items()
        )
        return list(json.loads(self.send_parts(body + end_of_parts())))

    def send_parts(self, body: bytes) -> bytes:
        """What comes of an upload as it stands."""
        return self._fetch("/gradio_api/upload", body, f"multipart/form-data; boundary={BOUNDARY}")

    def ask_about_photos(self, *places: str, model: str = "visage") -> str:
        """What the page shows of uploads."""
        self.join_photos(*places, model=model)
        return str(self.answer()["data"][0])

    def join_photos(self, *places: str, model: str = "visage") -> None:
        """Ask, and do not wait."""
        self._join(0, [[file_data(place) for place in places], model, False])

    def ask_about_video(self, place: str) -> str:
        """What the page tells beside the video."""
        self.join_video(place)
        return str(self.answer()["data"][1])

    def join_video(self, place: str) -> None:
        """Ask, and do not wait."""
        self._join(1, [file_data(place), "visage"])

    def _join(self, which_upload: int, values: list[Any]) -> None:
        """Ask what an upload asks, of the page's own in order."""
        uploads = [one["id"] for one in self._events if one["targets"][0][1] == "upload"]
        asked = {
            "data": values,
            "fn_index": uploads[which_upload],
            "session_hash": self.session,
        }
        self._fetch("/gradio_api/queue/join", json.dumps(asked).encode(), "application/json")

    def answer(self) -> dict[str, Any]:
        """What comes of what was asked."""
        address = f"{self.address}/gradio_api/queue/data?session_hash={self.session}"
        with urlopen(address, timeout=WAIT_S) as stream:
            for line in stream:
                if line.startswith(b"data: "):
                    told = json.loads(line.removeprefix(b"data: "))
                    if told["msg"] == "process_completed":
                        assert told["success"], told
                        return dict(told["output"])
        raise AssertionError("no answer came")

    def begin_upload(self, size_bytes: int, content: bytes) -> socket.socket:
        """Send the beginning of an upload that is said to be so large."""
        parts = urlsplit(self.address)
        connection = socket.create_connection((str(parts.hostname), int(parts.port or 0)), WAIT_S)
        head = (
            f"POST /gradio_api/upload HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {size_bytes}\r\n\r\n"
        )
        connection.sendall(head.encode() + part_head("sent.jpg") + content)
        return connection

    def _fetch(self, place: str, body: bytes | None = None, kind: str = "") -> bytes:
        headers = {"Content-Type": kind} if kind else {}
        request = Request(self.address + place, body, headers)
        with urlopen(request, timeout=WAIT_S) as answer:
            return bytes(answer.read())


def part_head(name: str, field: str = "files") -> bytes:
    return (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()


def end_of_parts() -> bytes:
    return f"--{BOUNDARY}--\r\n".encode()


def file_data(place: str) -> dict[str, Any]:
    return {"path": place, "orig_name": Path(place).name, "meta": {"_type": "gradio.FileData"}}


def write_short_clip(target: Path) -> None:
    """The first second of the sample clip, half as wide."""
    clip = cv2.VideoCapture(str(paths.sample_clip()))
    code = cv2.VideoWriter.fourcc(*"mp4v")
    written = cv2.VideoWriter(str(target), code, 25, (640, 360))
    for _ in range(25):
        written.write(cv2.resize(clip.read()[1], (640, 360)))
    written.release()
    clip.release()
