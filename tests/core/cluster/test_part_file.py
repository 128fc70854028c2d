import pytest

from core.cluster.part_file import PartFile


def test_a_name_tells_what_is_in_a_part() -> None:
    part = PartFile("0123456789abcdef01234567", photos=128, faces=310, failed=3, unreached=1)
    assert PartFile.named(part.name) == part
    assert not part.is_whole


@pytest.mark.parametrize("name", ["manifest.json", "part-1.parquet", ".part-00.parquet", ""])
def test_another_file_is_no_part(name: str) -> None:
    assert PartFile.named(name) is None
