"""The final table: the report's figures and ours, made from the cards alone."""

from collections.abc import Iterator, Mapping, Sequence

from core.estimation.comparable_figures import COMMON_COLLECTION, by_collection, comparable
from core.estimation.model_card import ModelCard
from training.pages.comparison_figures import band_figures, beside_the_report
from training.pages.faces_measured import are_of_same_faces, faces_of
from training.pages.figure_cells import MODEL_COLUMNS, cells, headings
from training.pages.page import Page, Table, link
from training.pages.reported import REPORTED, REPORTED_SPLIT
from training.pages.rows import NOT_KEPT, Row, command_for, facts_of
from training.publishing.model_search import learnt_from_reports_split

_HEADER = ("model", "figures", *headings(MODEL_COLUMNS), "parameters", "measured on")
_REPORTED_FACES = "4,742, its own"


def comparison_page(rows: Sequence[Row], pairs: Mapping[str, str] | None = None) -> Page:
    """Build the page.

    Args:
        rows: of the table; their titles lead to their pages, where they have any.
        pairs: titles of pages that lay two models side by side, by the page's name.
    """
    cards = [comparable(row.card) for row in rows if row.card]
    page = Page("Visage: models compared")
    page.text(
        f"Ages in years, shares of faces, female positive. The report measured on "
        f"{REPORTED_SPLIT}. Ours are of one network's single answer; “flips” is the mean of its "
        "answers to a face and to its mirror image. The last column says how many faces each row "
        f"is of, which part, and its split's digest; of {COMMON_COLLECTION} where it names no "
        "other collection."
    )
    page.text(_faces_text(cards))
    page.tables(_final_table(rows))
    for name, title in (pairs or {}).items():
        page.text(f"Side by side: {link(title, name)}.")
    page.figures(
        mae=beside_the_report(rows, "age_mae", "Age error: MAE, years"),
        rmse=beside_the_report(rows, "age_rmse", "Age error: RMSE, years"),
        within_10=beside_the_report(rows, "age_within_10", "Ages within ten years"),
        gender=beside_the_report(rows, "gender_accuracy", "Gender accuracy"),
    )
    if charts := band_figures(cards):
        page.heading("By age")
        page.figures(**charts)
    _add_notes(page, rows)
    _add_origins(page, cards)
    return page


def _faces_text(cards: Sequence[ModelCard]) -> str:
    if are_of_same_faces(cards):
        return (
            "All models of ours were measured on the same faces, but for rows whose last column "
            "names another collection."
        )
    return (
        "Not all cards of ours say that they are of the same faces: compare only rows whose last "
        "column is equal."
    )


def _final_table(rows: Sequence[Row]) -> Table:
    lines: list[list[str]] = []
    strong, quiet = [], []
    shown: set[str] = set()
    for row in rows:
        if row.name in REPORTED and row.name not in shown:
            quiet.append(len(lines))
            lines.append(_reported_line(row))
        shown.add(row.name)
        if row.card is None:
            lines.append([row.linked_title, "not trained yet", f"`{command_for(row)}`"])
            continue
        strong.append(len(lines))
        lines += _our_lines(row, comparable(row.card))
        for name, card in by_collection(row.card).items():
            if name != COMMON_COLLECTION:
                lines += _our_lines(row, card)
    return Table(_HEADER, lines, words=[1], strong=strong, quiet=quiet)


def _reported_line(row: Row) -> list[str]:
    reported = REPORTED[row.name]
    if not reported.figures:
        return [row.model_title, "the report", reported.note]
    figures = [reported.figures.get(key, "") for key, _, _ in MODEL_COLUMNS]
    return [row.model_title, "the report", *figures, reported.parameters, _REPORTED_FACES]


def _our_lines(row: Row, card: ModelCard) -> Iterator[list[str]]:
    """A model as it is, and averaged with the mirrored face."""
    ours = "on the report's split" if learnt_from_reports_split(card) else "ours"
    faces = faces_of(card).replace(f"{COMMON_COLLECTION} ", "")
    ends = [f"{card.parameter_count:,}", faces]
    yield [row.linked_title, ours, *cells(card.figures, MODEL_COLUMNS), *ends]
    if "flip_average" in card.figures:
        flipped = cells(card.figures["flip_average"], MODEL_COLUMNS)
        yield [row.title, f"{ours}, flips", *flipped, *ends]


def _add_notes(page: Page, rows: Sequence[Row]) -> None:
    """Where the report's figures contradict each other."""
    notes = {row.name: REPORTED[row.name].note for row in rows if row.name in REPORTED}
    if not any(notes.values()):
        return
    page.heading("Where the report's figures do not agree")
    titles = {row.name: row.model_title for row in rows}
    lines = [[titles[name], note] for name, note in notes.items() if note]
    page.tables(Table(("model", "note"), lines, words=[1]))


def _add_origins(page: Page, cards: Sequence[ModelCard]) -> None:
    if not cards:
        return
    page.heading("Where each figure is from")
    facts = [facts_of(card) for card in cards]
    if any(value == NOT_KEPT for row in facts for _, value in row):
        page.text(
            "“not kept” stands where a model is older than the records that cards hold of their "
            "runs."
        )
    header = ("model", *(name for name, _ in facts[0]))
    lines = [
        [card.title, *(value for _, value in row)] for card, row in zip(cards, facts, strict=True)
    ]
    figures = ("input, px", "precision")
    words = [index for index, name in enumerate(header) if index and name not in figures]
    page.tables(Table(header, lines, words=words))
