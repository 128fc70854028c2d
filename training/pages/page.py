"""A page of text, tables, figures and pictures: one self-contained HTML file, or Markdown."""

import base64
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import cv2
from matplotlib.figure import Figure

from core.types import Image
from core.whole_text import write_whole_text
from training.pages.plot_style import as_svg, themed

INDEX = "index"
"""The page that leads to the others; its Markdown is what a folder shows of itself."""

STYLE_FILE = Path(__file__).with_name("page.css")
_PX_PER_INCH = 92
_JPEG_QUALITY = 88
_PERCENT = re.compile(r"(?<=\d) ?%(?![\dA-F]{2})")
"""The sign after a share, not in the address of a page."""

_OPTION = re.compile(r"(?<!\S)--[\w-]+")
_LINK = re.compile(r"\[([^\]]+)\]\(page:([\w.~%-]+)\)")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below a header; the last cell of a shorter row reaches to the table's end.

    Attributes:
        title: what stands above it; may be empty.
        words: indices of columns that hold words, not figures.
        strong: indices of rows that stand out.
        quiet: indices of rows that stand back.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    words: Sequence[int] = ()
    strong: Sequence[int] = ()
    quiet: Sequence[int] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture with lines of text above and below."""

    image: Image
    above: str = ""
    below: str = ""


@dataclass
class Page:
    """Collects what is shown, in order.

    Text and table cells may hold `code` in backticks and links to other pages, written as
    `[words](page:name)`.
    """

    title: str
    _html: list[str] = field(default_factory=list)
    _markdown: list[str] = field(default_factory=list)
    _figures: dict[str, str] = field(default_factory=dict)

    def heading(self, text: str) -> None:
        self._html.append(f"<h2>{_marked_up(text)}</h2>")
        self._markdown.append(f"## {text}")

    def text(self, text: str) -> None:
        self._html.append(f"<p>{_marked_up(text)}</p>")
        self._markdown.append(text)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Short values under their names."""
        cells = "".join(
            f"<div><dt>{_marked_up(name)}</dt><dd>{_marked_up(value)}</dd></div>"
            for name, value in facts
        )
        self._html.append(f"<dl>{cells}</dl>")
        self._markdown.append("\n".join(f"* {name}: {value}" for name, value in facts))

    def tables(self, *tables: Table) -> None:
        """Tables side by side as far as they fit."""
        self._html.append(f'<div class="row">{"".join(map(_html_table, tables))}</div>')
        self._markdown += map(_markdown_table, tables)

    def figures(self, **figures: Figure) -> None:
        """Figures side by side as far as they fit; a keyword names each."""
        parts = [self._html_figure(name, figure) for name, figure in figures.items()]
        self._html.append(f'<div class="row figures">{"".join(parts)}</div>')

    def pairs(self, **pairs: tuple[Figure, Figure]) -> None:
        """Pairs of figures, the two of each always beside each other; a keyword names each pair."""
        parts = []
        for name, (first, second) in pairs.items():
            both = self._html_figure(f"{name}_first", first)
            both += self._html_figure(f"{name}_second", second)
            width = _width_px(first) + _width_px(second)
            parts.append(f'<div class="pair" style="--width:{width}">{both}</div>')
        self._html.append(f'<div class="row figures">{"".join(parts)}</div>')

    def _html_figure(self, name: str, figure: Figure) -> str:
        self._figures[name] = as_svg(figure, name)
        self._markdown.append(f"![{name.replace('_', ' ')}]({{folder}}/{name}.svg)")
        svg = themed(self._figures[name])
        svg = svg.replace("<svg", f'<svg role="img" aria-label="{name}"', 1)
        return f'<figure style="--width:{_width_px(figure)}">{svg}</figure>'

    def pictures(self, pictures: Sequence[Picture], width_px: int = 150) -> None:
        """Pictures in rows, in the HTML alone: Markdown is for what is kept without them."""
        parts = [
            f"<figure><figcaption>{_marked_up(picture.above)}</figcaption>"
            f'<img alt="" src="{_as_data(picture.image)}">'
            f'<figcaption class="said">{_marked_up(picture.below)}</figcaption></figure>'
            for picture in pictures
        ]
        self._html.append(
            f'<div class="pictures" style="--width:{width_px}px">{"".join(parts)}</div>'
        )

    def write(self, folder: Path, name: str) -> Path:
        """Write NAME.html, which needs no other file, and return its path.

        Raises:
            OSError: if it cannot be written; an older page stays as it was.
        """
        folder.mkdir(parents=True, exist_ok=True)
        title, style = html.escape(self.title), STYLE_FILE.read_text(encoding="utf-8")
        body = "\n".join(self._html)
        path = folder / f"{name}.html"
        write_whole_text(
            path,
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<style>\n{style}</style></head>\n<body><main><h1>{title}</h1>\n{body}\n"
            "</main></body></html>\n",
        )
        return path

    def write_markdown(self, folder: Path, name: str) -> None:
        """Write NAME.md, and its figures into NAME/.

        Raises:
            OSError: if one cannot be written; an older file stays as it was.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for figure, svg in self._figures.items():
            (folder / name).mkdir(exist_ok=True)
            on_white = svg.replace("<svg", '<svg style="background: #ffffff"', 1)
            write_whole_text(folder / name / f"{figure}.svg", on_white + "\n")
        lines = [
            f"# {self.title}",
            *(part.replace("{folder}", quote(name)) for part in self._markdown),
        ]
        text = _LINK.sub(_markdown_link, "\n\n".join(lines))
        write_whole_text(folder / f"{_markdown_name(name)}.md", text + "\n")


def _width_px(figure: Figure) -> int:
    return round(float(figure.get_size_inches()[0]) * _PX_PER_INCH)


def link(words: str, page: str) -> str:
    """Words that lead to another page of the same folder."""
    return f"[{words}](page:{quote(page)})"


def _markdown_link(found: re.Match[str]) -> str:
    return f"[{found[1]}]({_markdown_name(found[2])}.md)"


def _markdown_name(page: str) -> str:
    return "README" if page == INDEX else page


def _marked_up(text: str) -> str:
    parts = html.escape(_PERCENT.sub("\N{NO-BREAK SPACE}%", text)).split("`")
    return "".join(
        _html_code(part) if index % 2 else _LINK.sub(r'<a href="\2.html">\1</a>', part)
        for index, part in enumerate(parts)
    )


def _html_code(text: str) -> str:
    """Options in spans, in which no line ends between their hyphens."""
    whole = _OPTION.sub(r"<span>\g<0></span>", text)
    return f"<code>{whole}</code>"


def _html_table(table: Table) -> str:
    cells = "".join(
        f"<th{_kind(index, table)}>{_marked_up(cell)}</th>"
        for index, cell in enumerate(table.header)
    )
    lines = [f"<thead><tr>{cells}</tr></thead>"]
    for index, row in enumerate(table.rows):
        kinds = {"strong": index in table.strong, "quiet": index in table.quiet}
        names = " ".join(kind for kind, is_so in kinds.items() if is_so)
        lines.append(f'<tr class="{names}">' if names else "<tr>")
        lines.append(f"{_html_cells(row, table)}</tr>")
    title = f"<h3>{_marked_up(table.title)}</h3>" if table.title else ""
    return f'<div class="wide">{title}<table>{"".join(lines)}</table></div>'


def _html_cells(row: Sequence[str], table: Table) -> str:
    cells = [f"<td{_kind(index, table)}>{_marked_up(cell)}</td>" for index, cell in enumerate(row)]
    if (missing := len(table.header) - len(row)) > 0:
        cells[-1] = f'<td class="words" colspan="{missing + 1}">{_marked_up(row[-1])}</td>'
    return "".join(cells)


def _kind(column: int, table: Table) -> str:
    return ' class="words"' if column in table.words else ""


def _markdown_table(table: Table) -> str:
    marked = [
        [f"**{cell}**" if index in table.strong and cell else cell for cell in row]
        + [""] * (len(table.header) - len(row))
        for index, row in enumerate(table.rows)
    ]
    sides = ["---" if column in {0, *table.words} else "--:" for column in range(len(table.header))]
    lines = [table.header, sides, *marked]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"### {table.title}\n\n{text}" if table.title else text


def _as_data(image: Image) -> str:
    _, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return f"data:image/jpeg;base64,{base64.b64encode(data.tobytes()).decode('ascii')}"
