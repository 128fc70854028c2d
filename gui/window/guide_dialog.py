"""Shows the user guide beside the window, chapter by chapter."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QLocale, Qt, QUrl
from PySide6.QtGui import (
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextListFormat,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from core import paths
from gui.window.screen_fit import keep_on_screen

CHAPTER_LEVEL = 2
_LEFT_OUT = re.compile(r"^(!\[.*|.*\]\(user-guide\S*\.md\).*)\n", re.MULTILINE)
"""Pictures, of the window that stands beside the guide, and the way to its other languages."""


class GuideDialog(QDialog):
    """The guide in the window's language, with its chapters to choose from.

    Attributes:
        chapters: their titles.
        text: the whole guide.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("User guide"))
        self.chapters = QListWidget()
        self.chapters.setObjectName("chapters")
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chapters.setAccessibleName(self.tr("Chapters"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("User guide"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(20)
        self.text.document().setIndentWidth(20)
        self.text.setMarkdown(_guide())
        self._fill_bullets()
        self._space_out()
        self.chapters.addItems([heading.text() for heading in self._headings()])
        self.chapters.setCurrentRow(0)
        self.chapters.ensurePolished()  # the style's items are higher and wider
        self.chapters.setFixedWidth(self.chapters.sizeHintForColumn(0) + 32)
        self.chapters.currentRowChanged.connect(self._show_chapter)
        self.text.anchorClicked.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.chapters)
        row.addWidget(self.text, 1)
        self.resize(980, 680)
        keep_on_screen(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Links took their colour from the palette when the guide was read."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._colour_links()

    def _colour_links(self) -> None:
        colour = QTextCharFormat()
        colour.setForeground(self.palette().link())
        for block in self._blocks():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                if fragment.charFormat().isAnchor():
                    link = QTextCursor(block)
                    link.setPosition(fragment.position())
                    end = fragment.position() + fragment.length()
                    link.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    link.mergeCharFormat(colour)
                iterator += 1

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.text.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _headings(self) -> Iterator[QTextBlock]:
        return (b for b in self._blocks() if b.blockFormat().headingLevel() == CHAPTER_LEVEL)

    def _show_chapter(self, row: int) -> None:
        heading = list(self._headings())[row]
        end = QTextCursor(self.text.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        self.text.setTextCursor(end)  # from below, the heading comes to the top
        self.text.setTextCursor(QTextCursor(heading))

    def _follow(self, link: QUrl) -> None:
        anchors = [_anchor(heading.text()) for heading in self._headings()]
        self.chapters.setCurrentRow(anchors.index(link.fragment()))

    def _fill_bullets(self) -> None:
        """Qt draws the `*` of Markdown as an empty circle."""
        for block in self._blocks():
            if (points := block.textList()) is not None:
                list_format = points.format()
                if list_format.style() == QTextListFormat.Style.ListCircle:
                    list_format.setStyle(QTextListFormat.Style.ListDisc)
                    points.setFormat(list_format)

    def _space_out(self) -> None:
        for heading in self._headings():
            block_format = heading.blockFormat()
            block_format.setTopMargin(24)
            block_format.setBottomMargin(8)
            QTextCursor(heading).setBlockFormat(block_format)
        for table in self.text.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                table_format = table.format().toTableFormat()
                table_format.setCellPadding(6)
                table_format.setBorderCollapse(True)
                table_format.setTopMargin(8)
                table_format.setBottomMargin(8)
                table.setFormat(table_format)


def open_chapter(parent: QWidget) -> int | None:
    """The number of the chapter that was chosen last; None where no guide is open."""
    dialog = parent.findChild(GuideDialog)
    return None if dialog is None or dialog.isHidden() else dialog.chapters.currentRow()


def show_guide(parent: QWidget, chapter: int | None = None) -> None:
    """Open it, or bring it to the front, at a chapter if one is given; the window goes on."""
    dialog = parent.findChild(GuideDialog)
    if dialog is None:
        dialog = GuideDialog(parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    if chapter is not None:
        dialog.chapters.setCurrentRow(chapter)
    dialog.raise_()
    dialog.activateWindow()


def _guide() -> str:
    language = QLocale().name().split("_")[0]
    return _LEFT_OUT.sub("", paths.user_guide(language).read_text(encoding="utf-8"))


def _anchor(title: str) -> str:
    """What links call a heading."""
    return re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))
