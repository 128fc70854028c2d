"""Tips that say names: Qt takes "<b>" in them for HTML, which file names may hold."""

import html

from PySide6.QtGui import Qt

from core.text import printable


def plain_tip(text: str) -> str:
    """`text` as a tip that shows it letter by letter, its lines as they are."""
    shown = printable(text)
    if not Qt.mightBeRichText(shown):
        return shown
    return f"<p style='white-space: pre'>{html.escape(shown)}</p>"
