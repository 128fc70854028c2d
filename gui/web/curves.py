"""The curves of a model's card, drawn as SVG in the page: how it learnt, and how far it is off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from core.estimation.model_card import ModelCard
from gui.web.words import Words

WIDTH, HEIGHT = 300, 216
LEFT, TOP, RIGHT, BOTTOM = 44, 44, 288, 174
"""The frame in which lines are drawn, in SVG's own px."""

DASHES = ("", "5 4")
"""Of the first line of a chart, and of the second."""

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Chart:
    """One or two lines with what they show.

    Attributes:
        title, x_name, y_name: words that are shown.
        lines: each from left to right; the first is solid.
        is_share: 0 to 1 on both axes, in %.
    """

    title: str
    x_name: str
    y_name: str
    lines: Sequence[Points]
    is_share: bool = False

    def svg(self, words: Words) -> str:
        """The chart, in the colours of the page's own text."""
        xs, ys = zip(*(point for line in self.lines for point in line), strict=True)
        low_x, high_x, high_y = min(xs), max(xs), max(ys)
        wide, high = (high_x - low_x) or 1, high_y or 1

        def place(x: float, y: float) -> str:
            across = LEFT + (RIGHT - LEFT) * (x - low_x) / wide
            return f"{across:.1f},{BOTTOM - (BOTTOM - TOP) * y / high:.1f}"

        drawn = "".join(
            f"<polyline points='{' '.join(place(x, y) for x, y in line)}' "
            f"stroke-dasharray='{dashes}' stroke-width='2'/>"
            for line, dashes in zip(self.lines, DASHES, strict=False)
        )
        ends = [(LEFT, "start", low_x), (RIGHT, "end", high_x)]
        marks = "".join(
            _text(x, BOTTOM + 16, anchor, self._number(value, words)) for x, anchor, value in ends
        )
        return (
            f"<svg viewBox='0 0 {WIDTH} {HEIGHT}' role='img' aria-label='{escape(self.title)}'>"
            f"<g fill='none' stroke='currentColor'><path d='M{LEFT},{TOP}V{BOTTOM}H{RIGHT}' "
            f"stroke-opacity='.5'/>{drawn}</g><g fill='currentColor'>"
            f"{_text(4, 14, 'start', self.title, 'bold')}{marks}"
            f"{_text(LEFT - 4, TOP + 10, 'end', self._number(high_y, words))}"
            f"{_text(LEFT - 4, BOTTOM, 'end', self._number(0, words))}"
            f"{_text((LEFT + RIGHT) / 2, BOTTOM + 34, 'middle', self.x_name)}"
            f"{_text(4, 32, 'start', self.y_name)}</g></svg>"
        )

    def _number(self, value: float, words: Words) -> str:
        if self.is_share:
            return f"{words.number(100 * value, 0)} %"
        return words.number(value, 0 if float(value).is_integer() else 1).replace("-", "−")


def charts(card: ModelCard, words: Words) -> str:
    """Those that the card has figures for; empty where it has none."""
    drawn = "".join(chart.svg(words) for chart in _charts(card, words))
    return f"<div class='charts'>{drawn}</div>" if drawn else ""


def _charts(card: ModelCard, words: Words) -> Iterator[Chart]:
    yield from _learning(card.learning.get("history", {}), words)
    aggregates = card.figures.get("aggregates", {})
    if counts := aggregates.get("age_errors"):
        middle = len(counts) // 2
        line = [(place - middle, count) for place, count in enumerate(counts)]
        yield Chart(words["age_errors"], words["years_off"], words["faces"], [line])
    if roc := aggregates.get("roc"):
        line = list(zip(roc["false_positive_rate"], roc["true_positive_rate"], strict=True))
        names = words["called_female_wrongly"], words["called_female_rightly"]
        yield Chart(words["roc"], *names, [line], is_share=True)


def _learning(history: Mapping[str, Any], words: Words) -> Iterator[Chart]:
    for key in ("age_mae", "gender_accuracy"):
        kept = [history[name] for name in (f"val_{key}", key) if history.get(name)]
        lines = [list(enumerate(values, start=1)) for values in kept]
        if lines:
            yield Chart(words["learning"], words["epoch"], words[key], lines)


def _text(x: float, y: float, anchor: str, text: str, weight: str = "normal") -> str:
    return (
        f"<text x='{x:.0f}' y='{y:.0f}' font-size='12' text-anchor='{anchor}' "
        f"font-weight='{weight}'>{escape(text)}</text>"
    )
