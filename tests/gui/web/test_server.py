import json
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.web_server import serving

pytest.importorskip("gradio")


def status_for(port: int, host: str, origin: str | None = None) -> int:
    """How a request is answered that calls this computer by a name, from a page of `origin`."""
    headers = {"Host": host} | ({} if origin is None else {"Origin": origin})
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", "/", headers=headers)
        with connection.getresponse() as answer:
            return answer.status


@pytest.mark.slow
def test_a_page_of_elsewhere_is_not_answered_whatever_it_calls_this_computer(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as server:
        port = int(server.address.rsplit(":", 1)[1])
        said = {
            host: status_for(port, host)
            for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"rebound.example:{port}")
        }
        origins = (f"http://localhost:{port}", "http://elsewhere.example", "null", "http://[")
        sent = [status_for(port, f"127.0.0.1:{port}", origin) for origin in origins]
    assert list(said.values()) == [200, 200, 400]
    assert sent == [200, 403, 403, 403]


@pytest.mark.slow
def test_the_model_that_is_asked_for_is_chosen_at_first(tmp_path: Path) -> None:
    with (
        serving(tmp_path, "--model", "mobilenet_v2") as server,
        urlopen(f"{server.address}/config") as answer,
    ):
        components = json.load(answer)["components"]
    (choice,) = (one["props"] for one in components if one["type"] == "dropdown")
    assert choice["value"] == "mobilenet_v2"


@pytest.mark.slow
def test_a_page_that_others_may_open_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, "--share", "network") as server:
        port = int(server.address.rsplit(":", 1)[1])
        assert server.process.stdout is not None
        told = server.process.stdout.readline()
        assert status_for(port, f"elsewhere.example:{port}") == 200
    assert told == f"Whoever can reach this computer by its address may use port {port}.\n"
