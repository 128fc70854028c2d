"""That part of the Hub's interface which huggingface_hub uses to push and to pull a model."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

USER = "me"
"""Whom the token belongs to."""

BINARY = (".keras", ".onnx")
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def unchanged(_name: str, content: bytes) -> bytes:
    return content


@dataclass
class FakeHub:
    """What is stored, and what happens to it on its way down.

    Attributes:
        files: content by repository and name.
        blobs: large files that were uploaded and wait for their commit, by SHA-256.
        damage: what is sent instead of a file's content, below the true headers.
        refuses_uploads: of large files.
        requests: method and path of each.
    """

    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    damage: Callable[[str, bytes], bytes] = unchanged
    refuses_uploads: bool = False
    requests: list[str] = field(default_factory=list)
    address: str = ""

    def info(self, repo: str) -> dict[str, Any]:
        files = [
            {"rfilename": name, "size": len(content), **_digest(name, content)}
            for name, content in self.files[repo].items()
        ]
        return {"id": repo, "modelId": repo, "sha": COMMIT, "private": False, "siblings": files}

    def commit(self, repo: str, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                self.files[repo][value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                self.files[repo][value["path"]] = self.blobs[value["oid"]]


def _digest(name: str, content: bytes) -> dict[str, Any]:
    if name.endswith(BINARY):
        sha256 = hashlib.sha256(content).hexdigest()
        return {"lfs": {"sha256": sha256, "size": len(content), "pointerSize": 130}}
    blob = b"blob %d\0" % len(content) + content
    return {"blobId": hashlib.sha1(blob, usedforsecurity=False).hexdigest()}


class _Handler(BaseHTTPRequestHandler):
    hub: FakeHub

    def log_message(self, *_words: object) -> None:
        pass

    def do_GET(self) -> None:
        self.hub.requests.append(f"{self.command} {self.path}")
        if found := re.match(r"/api/models/(\w+/[\w-]+)", self.path):
            known = found[1] in self.hub.files
            self._answer(self.hub.info(found[1]) if known else {}, 200 if known else 404)
        elif found := re.match(rf"/(\w+/[\w-]+)/resolve/{COMMIT}/(.+)", self.path):
            self._send_file(found[2], self.hub.files[found[1]][found[2]])
        else:
            self._answer({}, 404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        content = self._body()
        if not self.hub.refuses_uploads:
            self.hub.blobs[self.path.removeprefix("/lfs/")] = content
        self._answer({}, 500 if self.hub.refuses_uploads else 200)

    def do_POST(self) -> None:
        self.hub.requests.append(f"{self.command} {self.path}")
        body = self._body()
        if "Authorization" not in self.headers and not self.path.endswith("validate-yaml"):
            self._answer({"error": "Invalid username or password."}, 401)
        elif self.path == "/api/repos/create":
            asked = json.loads(body)
            repo = f"{asked['organization'] or USER}/{asked['name']}"
            self.hub.files.setdefault(repo, {})
            self._answer({"url": f"{self.hub.address}/{repo}"})
        elif self.path == "/api/validate-yaml":
            self._answer({"errors": [], "warnings": []})
        elif "/preupload/" in self.path:
            files = [
                {
                    "path": file["path"],
                    "uploadMode": "lfs" if file["path"].endswith(BINARY) else "regular",
                    "shouldIgnore": False,
                }
                for file in json.loads(body)["files"]
            ]
            self._answer({"files": files})
        elif self.path.endswith("/info/lfs/objects/batch"):
            objects = [
                {**one, "actions": {"upload": {"href": f"{self.hub.address}/lfs/{one['oid']}"}}}
                for one in json.loads(body)["objects"]
            ]
            self._answer({"transfer": "basic", "objects": objects})
        elif found := re.match(r"/api/models/(.+)/commit/main", self.path):
            self.hub.commit(found[1], [json.loads(line) for line in body.splitlines()])
            url = f"{self.hub.address}/{found[1]}/commit/{COMMIT}"
            self._answer({"success": True, "commitOid": COMMIT, "commitUrl": url})
        else:
            self._answer({}, 404)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answer(self, values: dict[str, Any], status: int = 200) -> None:
        content = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if status == 404:
            self.send_header("X-Error-Code", "RepoNotFound")
        self.end_headers()
        self.wfile.write(content)

    def _send_file(self, name: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(self.hub.damage(name, content))


@contextmanager
def serving() -> Iterator[FakeHub]:
    """Serve on a free port of this computer's own address."""
    hub = FakeHub()
    handler = type("Handler", (_Handler,), {"hub": hub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        hub.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield hub
        server.shutdown()
        thread.join()
