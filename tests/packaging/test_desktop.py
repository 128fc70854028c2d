"""What puts Visage on a Linux desktop agrees with the app and with itself."""

import re
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QMimeDatabase
from PySide6.QtWidgets import QApplication

import contents
import debian
from core.commands.command_line import parse_arguments
from core.sources.endings import PHOTO_SUFFIXES, VIDEO_SUFFIXES

LINUX = contents.ROOT / "packaging" / "linux"


@pytest.fixture
def entry() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys have capitals
    parser.read(LINUX / "visage.desktop", encoding="utf-8")
    return parser


@pytest.fixture
def metadata() -> ElementTree.Element:
    return ElementTree.parse(LINUX / "visage.metainfo.xml").getroot()


def test_every_command_of_the_entry_is_understood(entry: ConfigParser) -> None:
    main = entry["Desktop Entry"]
    assert main["Exec"] == "visage %F"
    for action in filter(None, main["Actions"].split(";")):
        command, *words = entry[f"Desktop Action {action}"]["Exec"].split()
        assert command == "visage"
        assert parse_arguments(words).command is None


def test_every_file_that_visage_reads_can_be_opened_with_it(entry: ConfigParser) -> None:
    offered = set(entry["Desktop Entry"]["MimeType"].strip(";").split(";"))
    known = QMimeDatabase()
    missing = {}
    for suffix in PHOTO_SUFFIXES | VIDEO_SUFFIXES:
        kinds = known.mimeTypesForFileName(f"file{suffix}")
        if kinds and not any(kind.name() in offered for kind in kinds):
            missing[suffix] = kinds[0].name()
    assert missing == {}
    assert "inode/directory" in offered


def test_icons_and_window_go_by_the_entrys_name(entry: ConfigParser, qapp: QApplication) -> None:
    from gui.app import make_application

    assert entry["Desktop Entry"]["Icon"] == "visage"
    assert 'setDesktopFileName("visage")' in Path(make_application.__code__.co_filename).read_text()


def test_the_metadata_describes_this_version(metadata: ElementTree.Element) -> None:
    assert metadata.findtext("id") == contents.APP_ID
    assert metadata.findtext("launchable") == "visage.desktop"
    release = metadata.find("releases/release")
    assert release is not None
    assert release.get("version") == contents.version()


def test_the_package_depends_on_every_library_that_the_readme_asks_for() -> None:
    readme = (contents.ROOT / "README.md").read_text(encoding="utf-8")
    asked = re.search(r"^sudo apt install (.*)$", readme, re.MULTILINE)
    assert asked is not None
    assert set(asked[1].split()) <= set(debian.DEPENDS)


def test_removal_says_where_the_users_data_stays() -> None:
    text = (LINUX / "postrm").read_text(encoding="utf-8")
    assert (LINUX / "postrm").stat().st_mode & 0o111
    for place in ("~/.local/share/Visage", "~/.config/Visage", "~/.local/state/Visage"):
        assert place in text
