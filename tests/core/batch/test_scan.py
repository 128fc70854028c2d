import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.batch.scan import Finding, FoundPhoto, SkippedFile, find_photos, scan
from tests.core.batch.builders import write_photo

unix = pytest.mark.skipif(os.name == "nt", reason="files of Unix")


def names(findings: list[Finding], folder: Path) -> list[str]:
    return [one.path.relative_to(folder).as_posix() for one in findings]


def reasons(findings: list[Finding]) -> dict[str, str]:
    return {one.path.name: one.reason for one in findings if isinstance(one, SkippedFile)}


def test_photos_are_found_in_folders_below_in_order(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "2024/c.jpeg", "2023/deep/er/d.webp"):
        write_photo(tmp_path / name)
    found = list(scan([tmp_path]))
    assert names(found, tmp_path) == ["a.png", "b.JPG", "2023/deep/er/d.webp", "2024/c.jpeg"]
    status = (tmp_path / "a.png").stat()
    assert found[0] == FoundPhoto(tmp_path / "a.png", status.st_size, status.st_mtime_ns)


def test_what_is_no_photo_is_listed_with_a_reason(tmp_path: Path) -> None:
    for name in ("notes.txt", ".hidden.jpg", "README"):
        (tmp_path / name).touch()
    (tmp_path / ".thumbnails").mkdir()
    (tmp_path / ".thumbnails" / "x.jpg").touch()
    assert reasons(list(scan([tmp_path]))) == {
        "notes.txt": "It is no photo or video: “.txt” is no kind of file that Visage reads.",
        ".hidden.jpg": "It is hidden.",
        ".thumbnails": "It is hidden.",
        "README": "It is no photo or video: a name without an ending is no kind of file "
        "that Visage reads.",
    }


def test_a_name_that_is_too_long_and_a_forbidden_place_are_found_for_their_reading_to_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = os.stat

    def refuse(path: Any, **options: Any) -> os.stat_result:
        if "locked" in str(path):
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", refuse)
    named = [tmp_path / f"{'x' * 300}.jpg", tmp_path / "locked" / "a.jpg"]
    assert list(scan(named)) == [FoundPhoto(path, 0, 0) for path in named]


@unix
def test_an_ending_that_is_no_unicode_can_be_stored_with_its_reason(tmp_path: Path) -> None:
    name = os.fsdecode(b"notes.caf\xe9")
    (tmp_path / name).touch()
    reason = reasons(list(scan([tmp_path])))[name]
    assert reason == "It is no photo or video: “.caf?” is no kind of file that Visage reads."


def test_a_file_named_outright_is_tried_whatever_its_name_says(tmp_path: Path) -> None:
    odd = write_photo(tmp_path / "photo.jpg").rename(tmp_path / "photo.dat")
    (tmp_path / "clip.mp4").touch()
    found = list(scan([odd, tmp_path / "clip.mp4", tmp_path / "gone.jpg"]))
    assert [isinstance(one, FoundPhoto) and one.is_video for one in found] == [False, True, False]
    assert isinstance(found[0], FoundPhoto)
    assert found[2] == FoundPhoto(tmp_path / "gone.jpg", 0, 0)


def test_videos_are_found_among_photos_by_every_ending_that_is_known(tmp_path: Path) -> None:
    for name in ("a.png", "b.MP4", "c.mkv", "d.webm"):
        (tmp_path / name).touch()
    found = [one for one in scan([tmp_path]) if isinstance(one, FoundPhoto)]
    assert [one.is_video for one in found] == [False, True, True, True]
    assert list(find_photos([tmp_path])) == [tmp_path / "a.png"]


def test_source_code_with_the_ending_of_a_video_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "code.ts").write_text("export const answer = 42;")
    (tmp_path / "module.mts").write_text("import great;")
    (tmp_path / "empty.ts").touch()
    (tmp_path / "film.ts").write_bytes(b"G@\x00\x10" + bytes(184))
    (tmp_path / "camera.mts").write_bytes(bytes(4) + b"G@\x00\x10" + bytes(184))
    found = [one.path.name for one in scan([tmp_path]) if isinstance(one, FoundPhoto)]
    assert found == ["camera.mts", "empty.ts", "film.ts"]
    reason = "It is no video, whatever its ending says."
    assert reasons(list(scan([tmp_path]))) == {"code.ts": reason, "module.mts": reason}
    assert isinstance(next(scan([tmp_path / "code.ts"])), FoundPhoto), "it was named outright"


def test_relative_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_photo(tmp_path / "a.png")
    monkeypatch.chdir(tmp_path)
    assert [one.path for one in scan([Path("x/../a.png")])] == [tmp_path / "a.png"]


@unix
def test_a_loop_of_links_ends_and_is_listed(tmp_path: Path) -> None:
    write_photo(tmp_path / "album" / "a.png")
    (tmp_path / "album" / "loop").symlink_to(tmp_path / "album")
    (tmp_path / "album" / "self").symlink_to("self")
    found = list(scan([tmp_path / "album"]))
    assert [one.path.name for one in found if isinstance(one, FoundPhoto)] == ["a.png"]
    assert reasons(found) == {
        "loop": "This folder was reached before by another way.",
        "self": "It is a dead link, or was deleted just now.",
    }


@unix
def test_linked_photos_and_folders_are_followed(tmp_path: Path) -> None:
    write_photo(tmp_path / "real" / "a.png")
    (tmp_path / "album").mkdir()
    (tmp_path / "album" / "b.png").symlink_to(tmp_path / "real" / "a.png")
    (tmp_path / "album" / "more").symlink_to(tmp_path / "real")
    assert names(list(scan([tmp_path / "album"])), tmp_path) == ["album/b.png", "album/more/a.png"]


@unix
def test_what_would_block_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert reasons(list(scan([tmp_path]))) == {
        "pipe.jpg": "It is no file that could be read as a photo or a video."
    }
    assert isinstance(next(scan([tmp_path / "pipe.jpg"])), SkippedFile)


def test_a_folder_that_cannot_be_opened_is_listed_and_the_others_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_photo(tmp_path / "a" / "a.png")
    write_photo(tmp_path / "b" / "b.png")
    listdir = os.listdir

    def refuse(place: Path) -> list[str]:
        if place.name == "a":
            raise PermissionError(13, "Permission denied")
        return listdir(place)

    monkeypatch.setattr(os, "listdir", refuse)
    found = list(scan([tmp_path]))
    assert names(found, tmp_path) == ["a", "b/b.png"]
    assert reasons(found) == {"a": "This folder could not be opened (Permission denied)."}
    assert troubles(found) == ["a"]


def troubles(findings: list[Finding]) -> list[str]:
    return [one.path.name for one in findings if isinstance(one, SkippedFile) and one.is_trouble]


def test_a_photo_that_vanishes_during_the_scan_is_found_for_its_reading_to_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "listdir", lambda _place: ["ghost.jpg", "ghost.tmp"])
    photo, other = scan([tmp_path])
    assert photo == FoundPhoto(tmp_path / "ghost.jpg", 0, 0)
    assert isinstance(other, SkippedFile)
    assert not other.is_trouble


@unix
def test_a_dead_link_is_a_photo_only_if_it_ends_like_one(tmp_path: Path) -> None:
    for name in ("dead.JPG", "dead.txt"):
        (tmp_path / name).symlink_to("gone")
    found = list(scan([tmp_path]))
    assert found[0] == FoundPhoto(tmp_path / "dead.JPG", 0, 0)
    assert reasons(found).keys() == {"dead.txt"}
    assert troubles(found) == []


def test_what_may_not_be_looked_at_is_trouble_and_what_is_no_photo_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def refuse(path: Path, **options: bool) -> os.stat_result:
        if path.parent.name == "locked":
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    (tmp_path / "locked" / "2024").mkdir(parents=True)
    for name in ("locked/a.jpg", "notes.txt", ".hidden"):
        (tmp_path / name).touch()
    monkeypatch.setattr(Path, "stat", refuse)
    found = list(scan([tmp_path]))
    assert FoundPhoto(tmp_path / "locked" / "a.jpg", 0, 0) in found
    assert troubles(found) == ["2024"]
    assert reasons(found)["2024"] == "It could not be reached (Permission denied)."


def test_folders_nest_deeper_than_calls_may(tmp_path: Path) -> None:
    place = tmp_path
    for _ in range(150):
        place /= "d"
    place.mkdir(parents=True)
    write_photo(place / "a.png")
    assert [one.path for one in scan([tmp_path])] == [place / "a.png"]


@unix
def test_fifty_thousand_files_are_found_as_they_are_listed(tmp_path: Path) -> None:
    first = write_photo(tmp_path / "00000.jpg")
    for number in range(1, 50_000):
        os.link(first, tmp_path / f"{number:05}.jpg")
    assert sum(isinstance(one, FoundPhoto) for one in scan([tmp_path])) == 50_000


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name in ["b.jpg", "a.PNG", "notes.txt", ".hidden.jpg", "2020/z.jpeg", ".cache/x.jpg"]:
        path = tmp_path / "library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "library"


def test_photos_are_found_in_folders_and_below(library: Path) -> None:
    found = [path.relative_to(library).as_posix() for path in find_photos([library])]
    assert found == ["a.PNG", "b.jpg", "2020/z.jpeg"]


def test_a_file_that_is_named_is_taken_whatever_it_is(library: Path) -> None:
    named = [library / "notes.txt", library / "gone.jpg"]
    assert list(find_photos(named)) == named


def test_a_name_that_is_too_long_is_taken_too(library: Path) -> None:
    named = [library / f"{'x' * 300}.jpg"]
    assert list(find_photos(named)) == named


def test_the_search_is_lazy(library: Path) -> None:
    def endless() -> Iterator[Path]:
        while True:
            yield library

    assert next(find_photos(endless())) == library / "a.PNG"


def test_a_folder_that_cannot_be_read_is_logged_and_left_out(
    library: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    listdir = os.listdir

    def refuse_2020(path: Path) -> list[str]:
        if Path(path).name == "2020":
            raise PermissionError(13, "Permission denied", str(path))
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse_2020)
    with caplog.at_level(logging.WARNING):
        found = [path.name for path in find_photos([library])]
    assert found == ["a.PNG", "b.jpg"]
    assert "2020 is left out: This folder could not be opened (Permission denied)." in caplog.text


@unix
def test_a_link_to_a_folder_is_followed_by_whoever_looks_for_photos(library: Path) -> None:
    (library / "linked").symlink_to(library / "2020", target_is_directory=True)
    (library / "2020" / "loop").symlink_to(library, target_is_directory=True)
    names = [path.name for path in find_photos([library])]
    assert sorted(names) == ["a.PNG", "b.jpg", "z.jpeg"], "each folder once, however it is reached"
    (library.parent / "outside").mkdir()
    write_photo(library.parent / "outside" / "far.png")
    (library / "away").symlink_to(library.parent / "outside", target_is_directory=True)
    assert "far.png" in [path.name for path in find_photos([library])]
