import re
from pathlib import Path

from core.sources.endings import PHOTO_SUFFIXES, RAW_SUFFIXES, VIDEO_SUFFIXES

GUIDE = Path(__file__).parents[3] / "docs" / "user-guide.md"


def test_the_user_guide_names_every_ending_that_is_read_and_no_other() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    table = text.partition("\n## What is read\n")[2].partition("\nIn folders")[0]
    rows = {line.split("|")[1].strip(): line for line in table.splitlines() if "`" in line}
    named = {kind: set(re.findall(r"\.\w+", row)) for kind, row in rows.items()}
    assert named == {"Photos": set(PHOTO_SUFFIXES), "Videos": set(VIDEO_SUFFIXES)}


def test_no_ending_is_of_two_kinds() -> None:
    kinds = PHOTO_SUFFIXES, VIDEO_SUFFIXES, RAW_SUFFIXES
    assert len(frozenset().union(*kinds)) == sum(map(len, kinds))
