"""How rows and photo share the width."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.batch.side_by_side import MAX_ROWS_PX, SideBySide

HANDLE_PX = 5


@pytest.fixture
def both(qtbot: QtBot) -> SideBySide:
    both = SideBySide(QWidget(), QWidget())
    qtbot.addWidget(both)
    both.resize(1000, 400)
    both.show()
    return both


def test_what_a_larger_window_adds_is_the_photos(both: SideBySide) -> None:
    for width_px, rows_px in ((1000, 600), (1920, MAX_ROWS_PX), (1000, 600)):
        both.resize(width_px, 400)
        assert both.sizes()[0] == pytest.approx(rows_px, abs=HANDLE_PX)


def test_rows_that_want_more_get_it_where_the_photo_can_spare_it(both: SideBySide) -> None:
    both.give_rows(820)
    for width_px, rows_px in ((1000, 620), (1280, 820), (1920, 820)):
        both.resize(width_px, 400)
        assert both.sizes()[0] == pytest.approx(rows_px, abs=HANDLE_PX)


def test_what_the_user_chose_is_kept_in_shares(both: SideBySide) -> None:
    both.moveSplitter(300, 1)
    both.resize(2000, 400)
    assert both.sizes()[0] == pytest.approx(600, abs=2 * HANDLE_PX)
