import pytest

from core.text import clock_text, is_blank


@pytest.mark.parametrize(
    ("time_s", "expected"), [(0, "0:00"), (65.9, "1:05"), (600, "10:00"), (3725, "1:02:05")]
)
def test_a_place_in_a_video_is_written_as_on_a_clock(time_s: float, expected: str) -> None:
    assert clock_text(time_s) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("", True), (" \u200b\u2060\xa0", True), ("\u200bSummer", False)]
)
def test_a_text_is_blank_where_nothing_of_it_is_seen(text: str, expected: bool) -> None:
    assert is_blank(text) is expected
