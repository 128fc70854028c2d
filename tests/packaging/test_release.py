import hashlib
import json
import subprocess
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

import contents
import release

LOG = "# Changelog\n\n## Unreleased\n\n* Something new.\n\n## 0.0.9 (2026-01-01)\n\n* Older.\n"
INFO = """\
<component>
  <releases>
    <release version="0.0.9" date="2026-01-01"/>
  </releases>
</component>
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit, whose change log and metainfo are the release's."""
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setattr(release, "CHANGE_LOG", tmp_path / "CHANGELOG.md")
    monkeypatch.setattr(release, "METAINFO", tmp_path / "visage.metainfo.xml")
    release.CHANGE_LOG.write_text(LOG, encoding="utf-8")
    release.METAINFO.write_text(INFO, encoding="utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    for setting in ("user.name=somebody", "user.email=somebody@example.org"):
        subprocess.run([*git, "config", *setting.split("=")], check=True)
    commit(tmp_path)
    return tmp_path


def commit(folder: Path) -> None:
    subprocess.run(["git", "-C", str(folder), "add", "--all"], check=True)
    subprocess.run(["git", "-C", str(folder), "commit", "-qm", "A change"], check=True)


def test_a_closed_version_has_its_date_and_its_notes(checkout: Path) -> None:
    release.close(date(2026, 11, 29))
    text = release.CHANGE_LOG.read_text(encoding="utf-8")
    number = contents.version()
    assert text.startswith(f"# Changelog\n\n## Unreleased\n\n## {number} (2026-11-29)\n\n* Some")
    assert release.notes() == "* Something new."
    newest = ElementTree.parse(release.METAINFO).getroot().find("releases/release")
    assert newest is not None
    assert newest.attrib == {"version": number, "date": "2026-11-29"}
    with pytest.raises(release.ReleaseError, match="closed already"):
        release.close()


def test_a_release_that_was_announced_is_dated_anew() -> None:
    once = release.dated(INFO, "1.0", "2026-01-02")
    assert release.dated(once, "1.0", "2026-01-03").count('version="1.0"') == 1


def test_a_commit_is_tagged_only_once_it_is_sound(checkout: Path) -> None:
    with pytest.raises(release.ReleaseError, match="says nothing of"):
        release.tag()
    release.close(date(2026, 11, 29))
    with pytest.raises(release.ReleaseError, match="not committed"):
        release.tag()
    commit(checkout)
    release.tag()
    message = release.git("tag", "--list", "-n9", f"v{contents.version()}")
    assert "Something new." in message
    with pytest.raises(release.ReleaseError, match="tagged already"):
        release.tag()


@pytest.mark.parametrize(
    "log",
    [
        LOG.replace("* Something new.\n\n", ""),
        LOG.replace("## Unreleased\n\n", ""),
        LOG.replace("## Unreleased", "## unreleased"),
    ],
    ids=["empty", "no heading", "another heading"],
)
def test_a_change_log_without_news_is_not_closed_and_nothing_is_dated(
    checkout: Path, log: str
) -> None:
    release.CHANGE_LOG.write_text(log, encoding="utf-8")
    with pytest.raises(release.ReleaseError, match="has nothing under `## Unreleased`"):
        release.close()
    assert release.CHANGE_LOG.read_text(encoding="utf-8") == log
    assert release.METAINFO.read_text(encoding="utf-8") == INFO


def test_news_behind_a_closed_version_and_a_version_without_news_are_not_tagged(
    checkout: Path,
) -> None:
    release.close(date(2026, 11, 29))
    text = release.CHANGE_LOG.read_text(encoding="utf-8")
    for changed, words in (
        (text.replace("## Unreleased\n", "## Unreleased\n\n* Newer.\n"), "has entries under"),
        (text.replace("* Something new.\n", ""), "says nothing of"),
    ):
        release.CHANGE_LOG.write_text(changed, encoding="utf-8")
        commit(checkout)
        with pytest.raises(release.ReleaseError, match=words):
            release.tag()
    assert release.git("tag", "--list") == ""


def test_what_stands_in_the_way_of_a_release_is_a_sentence_and_a_status(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["release.py", "notes"])
    with pytest.raises(SystemExit) as left:
        release.main()
    assert left.value.code == 2
    assert capsys.readouterr().err.endswith("run `close` first.\n")


def test_models_are_listed_with_their_own_terms() -> None:
    listed = release.model_component(contents.ROOT / "models" / "visage" / "card.json")
    assert "non-commercial" in listed["licenses"][0]["license"]["name"]
    assert len(listed["hashes"]) == 2


@pytest.mark.slow
def test_artefacts_come_with_their_digests_and_a_list_of_components(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "DIST_DIR", tmp_path)
    release.make()
    lines = (tmp_path / release.SUMS).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    for digest, name in (line.split("  ") for line in lines):
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest
    (listed,) = tmp_path.glob("*.cdx.json")
    components = json.loads(listed.read_text(encoding="utf-8"))["components"]
    assert {"onnxruntime", "pillow", "visage"} <= {one["name"] for one in components}
    assert "://" not in listed.read_text(encoding="utf-8")


def test_the_terms_of_code_and_weights_are_told_wherever_somebody_looks() -> None:
    root = contents.ROOT
    metainfo = "packaging/linux/visage.metainfo.xml"
    for place in ("README.md", "NOTICE", metainfo, "gui/web/texts.py", about_file()):
        text = " ".join((root / place).read_text(encoding="utf-8").split())
        assert "Apache" in text, place
        assert "non-commercial" in text, place


def about_file() -> str:
    (file,) = (contents.ROOT / "gui").rglob("about.py")
    return file.relative_to(contents.ROOT).as_posix()
