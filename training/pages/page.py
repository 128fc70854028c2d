"""A page of text, tables and figures, as one self-contained HTML file and as Markdown."""

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from matplotlib.figure import Figure

from training.pages.plot_style import as_png

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 system-ui, "Segoe UI", Roboto, sans-serif; color: #2b2f36;
       background: #f4f6f9; margin: 0; }
main { max-width: 1080px; margin: 2rem auto; padding: 2rem 2.5rem; background: #fff;
       border-radius: 12px; box-shadow: 0 2px 18px rgb(30 50 80 / 8%); }
h1 { margin-top: 0; font-size: 1.9rem; } h2 { margin-top: 2.4rem; font-size: 1.25rem; }
p { max-width: 46rem; } code { background: #eef1f6; border-radius: 4px; padding: 1px 5px;
       font-size: .88em; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .35rem .7rem; text-align: right; border-bottom: 1px solid #e6e9ee;
       white-space: nowrap; }
th { color: #6b7480; font-weight: 600; } th:first-child, td:first-child { text-align: left; }
td.rest { text-align: left; color: #6b7480; } tr.strong td { font-weight: 600; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; }
.figures img { max-width: 100%; height: auto; flex: 0 1 auto; }
.pair { flex-wrap: nowrap; } .pair img { flex: 1 1 0; min-width: 0; }
"""

Rows = Sequence[Sequence[str]]


@dataclass
class Page:
    """Collects what is shown, in order; text and table cells may hold `code` in backticks."""

    title: str
    _html: list[str] = field(default_factory=list)
    _markdown: list[str] = field(default_factory=list)
    _images: dict[str, bytes] = field(default_factory=dict)

    def heading(self, text: str) -> None:
        self._html.append(f"<h2>{_marked_up(text)}</h2>")
        self._markdown.append(f"## {text}")

    def text(self, text: str) -> None:
        self._html.append(f"<p>{_marked_up(text)}</p>")
        self._markdown.append(text)

    def table(self, header: Sequence[str], rows: Rows, strong: Sequence[int] = ()) -> None:
        """A table; the rows at the indices `strong` stand out.

        The last cell of a shorter row reaches to the table's end.
        """
        cells = "".join(f"<th>{_marked_up(cell)}</th>" for cell in header)
        lines = [f"<tr>{cells}</tr>"]
        for index, row in enumerate(rows):
            kind = ' class="strong"' if index in strong else ""
            lines.append(f"<tr{kind}>{_html_cells(row, len(header))}</tr>")
        self._html.append(f'<div class="wide"><table>{"".join(lines)}</table></div>')
        self._markdown.append(_markdown_table(header, rows, strong))

    def figures(self, **figures: Figure) -> None:
        """Figures side by side as far as they fit; a keyword names its file."""
        self._show(figures, "figures")

    def pair(self, **figures: Figure) -> None:
        """Two figures side by side, made to fit; a keyword names its file."""
        self._show(figures, "figures pair")

    def _show(self, figures: Mapping[str, Figure], kind: str) -> None:
        tags = []
        for name, figure in figures.items():
            data = as_png(figure)
            self._images[f"{name}.png"] = data
            width = round(figure.get_size_inches()[0] * 92)
            text = base64.b64encode(data).decode("ascii")
            described = name.replace("_", " ")
            tags.append(
                f'<img alt="{described}" width="{width}" src="data:image/png;base64,{text}">'
            )
        self._html.append(f'<div class="{kind}">{"".join(tags)}</div>')
        self._markdown += [
            f"![{name.replace('_', ' ')}]({{folder}}/{name}.png)" for name in figures
        ]

    def write(self, folder: Path, name: str) -> Path:
        """Write NAME.html, NAME.md and the pictures of the latter in NAME/; the HTML's path."""
        folder.mkdir(parents=True, exist_ok=True)
        pictures = folder / name
        if self._images:
            pictures.mkdir(exist_ok=True)
        for file, data in self._images.items():
            (pictures / file).write_bytes(data)
        lines = [f"# {self.title}", *(part.replace("{folder}", name) for part in self._markdown)]
        (folder / f"{name}.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        path = folder / f"{name}.html"
        path.write_text(self._as_html(), encoding="utf-8")
        return path

    def _as_html(self) -> str:
        title = html.escape(self.title)
        body = "\n".join(self._html)
        return (
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
            f"<style>{_STYLE}</style></head>\n<body><main><h1>{title}</h1>\n{body}\n"
            "</main></body></html>\n"
        )


def _marked_up(text: str) -> str:
    parts = html.escape(text).split("`")
    return "".join(
        f"<code>{part}</code>" if index % 2 else part for index, part in enumerate(parts)
    )


def _html_cells(row: Sequence[str], count: int) -> str:
    *cells, last = (_marked_up(cell) for cell in row)
    reach = f' class="rest" colspan="{count - len(cells)}"' if len(row) < count else ""
    return "".join(f"<td>{cell}</td>" for cell in cells) + f"<td{reach}>{last}</td>"


def _markdown_table(header: Sequence[str], rows: Rows, strong: Sequence[int]) -> str:
    marked = [
        [f"**{cell}**" if index in strong and cell else cell for cell in row]
        + [""] * (len(header) - len(row))
        for index, row in enumerate(rows)
    ]
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *marked]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
