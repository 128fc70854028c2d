import errno
import os
import re
from pathlib import Path

import numpy as np
import pytest

from training.pages.page import INDEX, Page, Picture, Table, link
from training.pages.plot_style import FAINT, GRID, INK, label, legend, new_figure


def make_page() -> Page:
    page = Page("A & B")
    page.text(f"1 < 2, see `a<b>` and {link('another', 'other-page')}, or {link('all', INDEX)}")
    page.facts([("run", "`2026-11-25-x`")])
    page.tables(
        Table(("x", "y", "z"), [["1", "2", "3"], ["3", "reaches on"]], "Two rows", strong=[1])
    )
    figure, axis = new_figure()
    axis.plot([1, 2])
    page.figures(a_line=figure)
    page.pictures([Picture(np.zeros((8, 8, 3), np.uint8), "above", "below")])
    return page


def test_text_is_escaped_code_is_code_and_links_lead_to_pages(tmp_path: Path) -> None:
    text = make_page().write(tmp_path, "page").read_text(encoding="utf-8")
    assert "<h1>A &amp; B</h1>" in text
    assert "1 &lt; 2, see <code>a&lt;b&gt;</code>" in text
    assert '<a href="other-page.html">another</a>' in text
    assert f'<a href="{INDEX}.html">all</a>' in text
    assert '<td class="words" colspan="2">reaches on</td>' in text


def test_a_page_needs_no_other_file(tmp_path: Path) -> None:
    text = make_page().write(tmp_path, "page").read_text(encoding="utf-8")
    assert not re.search(r'src="(?!data:)|<link|<script|@import|url\((?!#)', text)
    assert list(tmp_path.iterdir()) == [tmp_path / "page.html"]
    assert "@media print" in text
    assert text.count("<svg") == 1


def test_a_dark_page_gives_its_figures_its_own_ink(tmp_path: Path) -> None:
    page = Page("Dark")
    figure, axis = new_figure()
    axis.plot([1, 2], label="a line")
    label(axis, "A line", "x")
    legend(axis)
    page.figures(a_line=figure)
    text = page.write(tmp_path, "page").read_text(encoding="utf-8")
    style, drawn = text.split("</style>", 1)
    for colour, name in ((INK, "ink"), (GRID, "grid"), (FAINT, "faint")):
        assert f"var(--{name})" in drawn
        assert colour not in drawn
        assert re.search(
            rf"prefers-color-scheme: dark.*--{name}: #(?!{colour[1:]})", style, re.DOTALL
        )
    assert "#ffffff" not in drawn


def test_a_percent_sign_stays_with_its_number(tmp_path: Path) -> None:
    page = Page("Shares")
    page.tables(Table(("model", "share"), [["ours", "86.67 %"], ["theirs", "52.8%"]]))
    text = page.write(tmp_path, "page").read_text(encoding="utf-8")
    assert "86.67\N{NO-BREAK SPACE}%" in text
    assert "52.8\N{NO-BREAK SPACE}%" in text


def test_no_line_ends_between_the_hyphens_of_an_option(tmp_path: Path) -> None:
    page = Page("Commands")
    page.text("`train a--b --keep-last --data X` -- and so on")
    text = page.write(tmp_path, "page").read_text(encoding="utf-8")
    assert "<span>--keep-last</span> <span>--data</span> X</code> -- and so on" in text
    assert "a--b " in text
    assert "code span { white-space: nowrap; }" in text


def test_words_stand_at_the_left_of_their_column(tmp_path: Path) -> None:
    page = Page("Words")
    page.tables(Table(("age", "model", "MAE"), [["20-29", "ours", "5.1"]], words=[1]))
    assert '<td class="words">ours</td>' in page.write(tmp_path, "page").read_text("utf-8")
    page.write_markdown(tmp_path, "page")
    assert "| --- | --- | --: |" in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_a_row_keeps_its_name_in_sight_on_every_screen(tmp_path: Path) -> None:
    style = Page("Names").write(tmp_path, "page").read_text(encoding="utf-8")
    on_screens = style.split("@media print")[0]
    assert "position: sticky" in on_screens
    assert "position: static" not in on_screens


def test_markdown_shows_its_figures_and_no_pictures(tmp_path: Path) -> None:
    make_page().write_markdown(tmp_path, "page")
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| **3** | **reaches on** |  |" in text
    assert "[another](other-page.md), or [all](README.md)" in text
    assert "![a line](page/a_line.svg)" in text
    svg = (tmp_path / "page" / "a_line.svg").read_text(encoding="utf-8")
    assert svg.startswith('<svg style="background: #ffffff"')
    assert "above" not in text


def test_the_index_is_what_a_folder_shows_of_itself(tmp_path: Path) -> None:
    make_page().write_markdown(tmp_path, INDEX)
    assert (tmp_path / "README.md").is_file()


def test_a_figure_is_the_same_file_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_page().write_markdown(tmp_path / name, "page")
    one, two = ((tmp_path / name / "page" / "a_line.svg").read_bytes() for name in ("one", "two"))
    assert one == two


def test_on_a_full_disk_an_older_page_stays_and_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_page().write(tmp_path, "page")
    make_page().write_markdown(tmp_path, "page")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}

    def fsync(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)
    changed = Page("Another")
    with pytest.raises(OSError, match=r"page\.html"):
        changed.write(tmp_path, "page")
    with pytest.raises(OSError, match=r"page\.md"):
        changed.write_markdown(tmp_path, "page")
    with pytest.raises(OSError, match=r"a_line\.svg"):
        make_page().write_markdown(tmp_path, "page")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == before
