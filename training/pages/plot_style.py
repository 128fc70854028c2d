"""How every figure looks: what a colour means on one page it means on all."""

import io
import re
from collections.abc import Mapping

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

INK = "#2b2f36"
FAINT = "#9aa2ad"
GRID = "#e6e9ee"
SHADE = "#eceff4"

REPORTED = "#8d96a3"
"""The report's own figures."""
DATA = "#5f6f86"
"""What is labelled, whatever a model says of it."""
MALE, FEMALE = "#3f93cf", "#e0903c"

MODELS: Mapping[str, str] = {
    "gender_cnn": "#b8564f",
    "age_cnn": "#4d9c97",
    "age_gender_cnn": "#8f9414",
    "efficientnet_b0": "#d98fc4",
    "efficientnet_b1": "#c45aa5",
    "efficientnet_b2": "#9c2c80",
    "mobilenet_v2": "#2f9466",
    "vgg16": "#8a6a45",
    "resnet50": "#565d66",
    "visage": "#5552a3",
}
"""Each model's own colour, for whatever it says."""
SECOND = "#7a828d"
"""The second of two models of one name."""

_THEMED = {
    **{INK: "var(--ink)", FAINT: "var(--faint)", GRID: "var(--grid)", SHADE: "var(--shade)"},
    **{colour: f"var(--{name}, {colour})" for name, colour in MODELS.items()},
}
"""Dark pages have inks of their own, and lighter colours for models that are too dark there."""

READABLE = 0.5
"""The opacity of a shade over which ink can be read on light pages and on dark."""

HEIGHT = 3.5
"""Inches. Figures of one height stand in a row without gaps."""


def model_colour(name: str) -> str:
    """The colour of the model called `name`."""
    return MODELS.get(name, INK)


def shades(colour: str, fullest: float = 1.0) -> LinearSegmentedColormap:
    """From nothing, whatever lies below, to `colour`, `fullest` its opacity there."""
    ends = [to_rgba(colour, 0.0), to_rgba(colour, fullest)]
    return LinearSegmentedColormap.from_list("shades", ends)


def new_figure(width: float = 5.0, height: float = HEIGHT) -> tuple[Figure, Axes]:
    """A figure of `width` x `height` inches and its styled axes."""
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="none")
    FigureCanvasSVG(figure)
    axis = figure.add_subplot()
    axis.patch.set_visible(False)
    axis.set_axisbelow(True)
    axis.grid(color=GRID, linewidth=0.8)
    axis.tick_params(colors=INK, labelsize=9, length=0)
    for name, spine in axis.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(FAINT)
    return figure, axis


def label(axis: Axes, title: str, x: str = "", y: str = "") -> None:
    """Name an axis and its directions."""
    axis.set_title(title, loc="left", fontsize=12, color=INK, fontweight="bold", pad=10)
    axis.set_xlabel(x, color=INK)
    axis.set_ylabel(y, color=INK)


def percent(axis: Axes) -> None:
    """Write shares of 0-1 on the vertical axis as percentages, with the decimals that they need."""
    axis.yaxis.set_major_formatter(PercentFormatter(1.0))


def legend(axis: Axes) -> None:
    """A quiet legend where it hides least: Matplotlib warns of that if it was not told so."""
    axis.legend(loc="best", frameon=False, fontsize=9, labelcolor=INK)


def hide_frame(axis: Axes) -> None:
    """No frame or grid: for matrices."""
    axis.grid(visible=False)
    for spine in axis.spines.values():
        spine.set_visible(False)


def as_svg(figure: Figure, name: str) -> str:
    """The figure as an SVG element; its text stays text.

    Args:
        name: tells the figure's parts from those of others on the same page.
    """
    stream = io.StringIO()
    # The same figure is the same file on every machine and day.
    with mpl.rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": name, "font.sans-serif": ["DejaVu Sans"]}
    ):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    text = text[text.index("<svg") :].strip()
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", lambda tag: _with_short_places(tag[0]), text)
    text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
    return re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)


def themed(svg: str) -> str:
    """The SVG in the colours of the page that it stands on."""
    for colour, variable in _THEMED.items():
        svg = svg.replace(colour, variable)
    return svg


def _with_short_places(tag: str) -> str:
    """A tag with its places in hundredths of a point; what is read stands between tags."""
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", tag)
