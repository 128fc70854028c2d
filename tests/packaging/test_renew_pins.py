import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import contents
import renew_pins

PINNED = [Requirement(pin) for pin in renew_pins.read_pins(renew_pins.PROJECT_FILE)]


def asked_for() -> list[Requirement]:
    """What pyproject.toml and the packaged app name themselves."""
    whole = tomllib.loads((contents.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {**whole["dependency-groups"], **whole["project"]["optional-dependencies"]}
    texts = [*whole["project"]["dependencies"], *chain.from_iterable(groups.values())]
    lines = renew_pins.PACKAGED_FILE.read_text(encoding="utf-8").splitlines()
    texts += [line for line in lines if line and not line.startswith("#")]
    return [one for text in texts if (one := Requirement(text)).name != "visage"]


def test_everything_that_is_asked_for_is_pinned_within_its_range() -> None:
    for one in asked_for():
        pins = [pin for pin in PINNED if pin.name == canonicalize_name(one.name)]
        assert pins, f"{one.name} is not pinned: run packaging/renew_pins.py"
        for pin in pins:
            (exact,) = pin.specifier
            assert exact.operator == "=="
            assert one.specifier.contains(exact.version), f"{pin} is not in {one}"


def test_the_script_gets_the_versions_of_the_project() -> None:
    script = renew_pins.read_pins(renew_pins.SCRIPT_FILE)
    assert set(script) <= set(renew_pins.read_pins(renew_pins.PROJECT_FILE))
    names = {Requirement(pin).name for pin in script}
    assert {"onnxruntime", "opencv-python-headless", "pillow", "protobuf"} <= names
    assert "tensorflow" not in names


def test_no_pin_names_where_it_comes_from() -> None:
    for file in (renew_pins.PROJECT_FILE, renew_pins.SCRIPT_FILE):
        assert "://" not in "".join(renew_pins.read_pins(file))


@pytest.mark.parametrize("before", ["", "# "])
def test_new_pins_take_the_place_of_the_old(before: str, tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    rest = f"{before}[tool.uv.sources]\nvisage = 1\n"
    file.write_text(
        f'{before}constraint-dependencies = [\n{before}    "old==1",\n{before}]\n{rest}'
    )
    pins = ["a==1", "b==2; sys_platform == 'win32'"]
    renew_pins.write_pins(file, ["a==1", 'b==2; sys_platform == "win32"'])
    assert renew_pins.read_pins(file) == pins
    renew_pins.write_pins(file, pins)
    assert renew_pins.read_pins(file) == pins
    assert file.read_text().endswith(rest)
