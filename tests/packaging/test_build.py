import re
import tomllib
from pathlib import Path

import pytest

import build
import contents


def test_what_stands_in_has_the_range_that_the_project_asks_for() -> None:
    project = tomllib.loads((contents.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ranges = dict(map(split_range, project["project"]["dependencies"]))
    stand_ins = dict(map(split_range, requirements("requirements.txt")))
    assert stand_ins["onnxruntime-directml"] == ranges["onnxruntime"]
    assert (
        dict(map(split_range, requirements("overrides.txt")))["onnxruntime"]
        == (ranges["onnxruntime"])
    )


def requirements(name: str) -> list[str]:
    lines = (contents.ROOT / "packaging" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def split_range(requirement: str) -> tuple[str, str]:
    """Name and range of "name>=1,<2; marker"."""
    match = re.fullmatch(r"([\w-]+)([^;]*)(;.*)?", requirement)
    assert match is not None
    return match[1], match[2].strip()


def test_a_folders_size_counts_links_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_bytes(bytes(2_000_000))
    (tmp_path / "link").symlink_to(tmp_path / "in" / "file")
    assert build.size_mb(tmp_path) == pytest.approx(2.0, abs=0.01)
    assert build.size_mb(tmp_path / "in" / "file") == 2.0


def test_what_has_become_too_large_to_hand_out_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "MAX_MB", {"": 2, ".deb": 1})
    folder, package = tmp_path / "visage", tmp_path / "visage.deb"
    folder.mkdir()
    for path in (folder / "library.so", package):
        path.write_bytes(bytes(900_000))
    build.check_sizes([folder, package])
    package.write_bytes(bytes(1_600_000))
    with pytest.raises(SystemExit, match=r"visage\.deb has 2 MB; 1 MB are allowed"):
        build.check_sizes([folder, package])


def test_an_unknown_option_builds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["build.py", "--fast"])
    monkeypatch.setattr(build, "run", lambda *command: pytest.fail("something was built"))
    with pytest.raises(SystemExit, match="usage"):
        build.main()
