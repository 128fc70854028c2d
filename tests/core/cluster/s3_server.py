"""A server that speaks S3 on this computer, and fails as it is told to."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

KEYS = {
    "AWS_ACCESS_KEY_ID": "made",
    "AWS_SECRET_ACCESS_KEY": "up",
    "AWS_DEFAULT_REGION": "us-east-1",
}
BUCKET = "archive"


@dataclass
class S3Server:
    """One bucket. Objects are named without it.

    Attributes:
        failing: reading these is answered by "internal error".
        slow_s: reading these takes so long.
        on_read: called with the name of each object that is read, before it is.
        reads: how often each was read.
    """

    failing: set[str] = field(default_factory=set)
    slow_s: dict[str, float] = field(default_factory=dict)
    on_read: Callable[[str], None] = lambda name: None
    reads: dict[str, int] = field(default_factory=dict)
    url: str = ""

    @property
    def variables(self) -> dict[str, str]:
        """Of the environment of whoever uses it."""
        return {**KEYS, "AWS_ENDPOINT_URL": self.url, "AWS_EC2_METADATA_DISABLED": "true"}

    @property
    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            aws_access_key_id="made",
            aws_secret_access_key="up",
            region_name="us-east-1",
        )

    def upload(self, folder: Path, prefix: str) -> None:
        for file in sorted(folder.iterdir()):
            self.client.upload_file(str(file), BUCKET, f"{prefix}/{file.name}")

    def download(self, prefix: str, folder: Path) -> Path:
        folder.mkdir()
        for found in self.client.list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/")["Contents"]:
            name = found["Key"].removeprefix(f"{prefix}/")
            self.client.download_file(BUCKET, found["Key"], str(folder / name))
        return folder

    def answer(self, application: Any, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        name = environ["PATH_INFO"].removeprefix(f"/{BUCKET}/")
        if environ["REQUEST_METHOD"] == "GET" and name.endswith(".jpg"):
            self.on_read(name)
            self.reads[name] = self.reads.get(name, 0) + 1
            time.sleep(self.slow_s.get(name, 0))
            if name in self.failing:
                start("500 Internal Server Error", [("Content-Type", "application/xml")])
                return [b"<Error><Code>InternalError</Code><Message>No disk.</Message></Error>"]
        answer: Iterable[bytes] = application(environ, start)
        return answer


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """The server, with an empty bucket, as long as the block lasts."""
    told = S3Server()
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server(
        "127.0.0.1",
        0,
        lambda environ, start: told.answer(application, environ, start),
        threaded=True,
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        told.url = f"http://127.0.0.1:{server.server_port}"
        with urlopen(Request(f"{told.url}/moto-api/reset", method="POST")):
            told.client.create_bucket(Bucket=BUCKET)
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
