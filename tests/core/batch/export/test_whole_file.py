import errno
import os
from pathlib import Path

import pytest

from core.batch.export.whole_file import check_target, make_folder, whole_file
from core.errors import ExportError


def test_a_file_appears_whole_and_replaces_an_older_one(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    with whole_file(target) as stream:
        stream.write(b"new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_after_an_error_the_older_file_stays_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), whole_file(target) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_a_sentence_and_the_older_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "out.csv"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(ExportError, match="No space left"), whole_file(target) as stream:
        stream.write(b"new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
def test_a_file_that_may_not_grow_is_a_sentence(tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with (
            pytest.raises(ExportError, match="could not be written"),
            whole_file(tmp_path / "out.csv") as stream,
        ):
            stream.write(b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_as_target_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"), whole_file(tmp_path / "a" / "b"):
        pass
    with pytest.raises(ExportError, match="is not a file"), whole_file(tmp_path):
        pass


def test_a_name_that_is_too_long_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"):
        check_target(tmp_path / ("x" * 300 + ".csv"))


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_a_link_to_itself_is_a_sentence_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "out.csv"
    link.symlink_to(link)
    with pytest.raises(ExportError, match="symbolic links"), whole_file(link):
        pass
    assert link.is_symlink()


def test_a_folder_into_which_nobody_may_look_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, **_options: bool) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(ExportError, match="Permission denied"):
        check_target(tmp_path / "out.csv")


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="could not be written"):
        make_folder(tmp_path / "file" / "folder")


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
def test_a_link_as_target_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with whole_file(tmp_path / "link") as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_that_is_replaced_keeps_its_owner_group_and_mode(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    if os.geteuid() == 0:
        os.chown(target, 1234, 5678)
    target.chmod(mode)
    before = target.stat()
    with whole_file(target) as stream:
        stream.write(b"new")
        (unfinished,) = tmp_path.glob("*.part")
        assert unfinished.stat().st_mode & 0o777 == mode, "never more open than the old one"
    after = target.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_a_group_that_cannot_be_kept_gives_no_other_group_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _owner: int, _group: int) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    target = tmp_path / "out.csv"
    target.write_text("old")
    target.chmod(0o660)
    monkeypatch.setattr(os, "fchown", refuse)
    with whole_file(target) as stream:
        stream.write(b"new")
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="links of Unix")
@pytest.mark.parametrize("name", ["photo.jpg", "clip.MP4", "raw.NEF"])
def test_a_link_to_a_photo_is_no_target(tmp_path: Path, name: str) -> None:
    photo, link = tmp_path / name, tmp_path / "out.csv"
    photo.write_bytes(b"a photo")
    link.symlink_to(photo)
    with pytest.raises(ExportError, match="is a link to"), whole_file(link):
        pass
    assert photo.read_bytes() == b"a photo"


@pytest.mark.skipif(os.name == "nt", reason="locks of Unix")
def test_what_a_killed_process_left_is_removed_and_what_a_living_one_writes_is_not(
    tmp_path: Path,
) -> None:
    (tmp_path / ".visage-1-1.part").write_bytes(b"half a file")
    (tmp_path / ".visage-1.part").mkdir()
    (tmp_path / ".visage-1.part" / "rows").touch()
    (tmp_path / ".visage-2.part").symlink_to(tmp_path / "nowhere")
    living = tmp_path / ".visage-3-1.part"
    with living.open("xb") as stream:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX)
        with whole_file(tmp_path / "out.csv") as export:
            export.write(b"new")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"out.csv", ".visage-2.part", ".visage-3-1.part"}
