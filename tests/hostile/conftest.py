"""How much hostile input is tried: a little in each run of the tests, thousands by hand."""

import sys

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("hostile")
    group.addoption(
        "--thousands",
        type=int,
        default=0,
        metavar="N",
        help="try N thousand mutated inputs of each kind instead of a few hundred",
    )
    group.addoption(
        "--kills", type=int, default=8, metavar="N", help="kill so many exports, and a job"
    )
    group.addoption(
        "--pictures",
        metavar="FOLDER",
        help="read every file below FOLDER, such as the tests of Pillow's source archive",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Limits of memory are looked after in the way of Linux."""
    if sys.platform != "linux":
        for item in items:
            if "hostile" in item.path.parts:
                item.add_marker(pytest.mark.skip(reason="memory is measured in the way of Linux"))


@pytest.fixture
def thousands(request: pytest.FixtureRequest) -> int:
    """How many thousand inputs were asked for; 0 for the short run."""
    count: int = request.config.getoption("--thousands", default=0)
    return count
