"""How wide the table's columns are: what may stand in them, in the language of the window."""

from math import ceil

from PySide6.QtGui import QFont, QFontMetricsF

from core.confidence import percent_text
from core.types import Gender
from gui.batch.table import row_text
from gui.batch.table.row_cell import DOT_ROOM_PX, PADDING_PX, age_font
from gui.batch.table.row_model import TITLES, Column
from gui.language.translation import translate
from gui.language.words import doubtful_word, gender_word

ARROW_PX = 16
"""What the header shows beside a title while the rows are sorted by it."""

AGE_GAP_PX = 8
LONGEST_TIME, LONGEST_RANGE = "– 1:00:59", "95–110"
LONGEST_ESTIMATE = "100 (95–110)"
SURE_GENDERS = Gender.FEMALE, Gender.MALE


def column_widths(font: QFont) -> dict[Column, int]:
    """In px, of all columns but the file's, which takes what is left."""
    metrics, age_metrics = QFontMetricsF(font), QFontMetricsF(age_font(font))
    genders = [gender_word(gender) for gender in Gender]
    texts = {
        Column.TIME: [LONGEST_TIME],
        Column.GENDER: [
            *(f"{gender} {row_text.CORRECTED_MARK}" for gender in genders),
            *row_text.confidence_notes(percent_text(1.0)),
        ],
        Column.OTHER: [
            LONGEST_ESTIMATE,
            *(f"{gender_word(gender)} {percent_text(1.0)}" for gender in SURE_GENDERS),
        ],
        Column.DISTANCE: [row_text.other_gender_words()],
        Column.STATE: [doubtful_word(), translate("RowCell", "By hand")],
    }
    widths_px = {
        column: max(map(metrics.horizontalAdvance, shown)) for column, shown in texts.items()
    }
    widths_px[Column.GENDER] += DOT_ROOM_PX
    range_px = AGE_GAP_PX + metrics.horizontalAdvance(LONGEST_RANGE)
    widths_px[Column.AGE] = age_metrics.horizontalAdvance("100") + range_px
    titles_px: dict[Column, float] = {
        column: metrics.horizontalAdvance(translate("RowModel", TITLES[column])) + ARROW_PX
        for column in widths_px
        if column is not Column.OTHER  # its title is the name of a model
    }
    return {
        column: ceil(max(width_px, titles_px.get(column, 0))) + 2 * PADDING_PX
        for column, width_px in widths_px.items()
    }
