"""What a run on a cluster leaves in `--out` where it wrote no rows; Ray is not started."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("ray")

from core.closing import Closing
from core.cluster import ray_pool
from core.cluster.results import MANIFEST
from core.cluster.work import Part
from core.commands.label_cluster import ClusterOptions, run
from core.errors import SourceError
from tests.core.batch.builders import write_album


class DyingPool(Closing):
    """It takes a part, and the cluster is gone."""

    has_room = True
    is_idle = False

    def __init__(self, *_: object) -> None:
        pass

    def begin(self, part: Part, *, is_careful: bool = False) -> None:
        pass

    def finished(self, timeout_s: float) -> Iterator[object]:
        raise ray_pool.ClusterError("The cluster does not answer any more.")

    def close(self) -> None:
        pass


def options(folder: Path, cluster: str) -> ClusterOptions:
    return ClusterOptions(
        source=str(folder / "album"), cluster=cluster, out=str(folder / "out"), photos_per_part=4
    )


@pytest.mark.parametrize("cluster", ["local", "ray://head:1"])
def test_a_source_that_is_not_there_leaves_nothing(cluster: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        run(options(tmp_path, cluster))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_without_photos_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "album").mkdir()
    run(options(tmp_path, "local"))
    assert capsys.readouterr().err == "No photos or videos were found.\n"
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(("cluster", "left"), [("local", []), ("ray://head:1", [MANIFEST])])
def test_only_workers_that_may_still_write_keep_the_folder(
    cluster: str, left: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_album(tmp_path / "album", 3)
    monkeypatch.setattr(ray_pool, "RayPool", DyingPool)
    with pytest.raises(ray_pool.ClusterError):
        run(options(tmp_path, cluster))
    assert [path.name for path in (tmp_path / "out").iterdir()] == left
