"""How every figure of the training looks."""

import io

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

INK = "#2b2f36"
FAINT = "#9aa2ad"
GRID = "#e6e9ee"
FIRST = "#2f6db3"
SECOND = "#e0803a"
SERIES = (FIRST, SECOND, "#3a9a78", "#a4559b", "#c94f4f", "#7a6f5d", "#4fa3c9", "#b3a23a")
FEMALE = "#c75a86"
MALE = FIRST
FADED = "#c9d6e8"

_DOTS_PER_INCH = 144


def new_figure(
    width: float = 6.4, height: float = 4.0, rows: int = 1, columns: int = 1
) -> tuple[Figure, list[Axes]]:
    """A figure of `width` x `height` inches and its styled axes, row by row."""
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    axes = [figure.add_subplot(rows, columns, index + 1) for index in range(rows * columns)]
    for axis in axes:
        _style(axis)
    return figure, axes


def label(axis: Axes, title: str, x: str = "", y: str = "") -> None:
    """Name an axis and its directions."""
    axis.set_title(title, loc="left", fontsize=12, color=INK, fontweight="bold", pad=10)
    axis.set_xlabel(x, color=INK)
    axis.set_ylabel(y, color=INK)


def percent(axis: Axes) -> None:
    """Write shares of 0-1 on the vertical axis as percentages."""
    axis.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))


def legend(axis: Axes) -> None:
    """A quiet legend."""
    axis.legend(frameon=False, fontsize=9, labelcolor=INK)


def hide_frame(axis: Axes) -> None:
    """No frame, ticks or grid: for pictures."""
    axis.grid(visible=False)
    axis.set_xticks([])
    axis.set_yticks([])
    for spine in axis.spines.values():
        spine.set_visible(False)


def as_png(figure: Figure) -> bytes:
    """The figure as a PNG file."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=_DOTS_PER_INCH, metadata={"Software": None})
    return stream.getvalue()


def _style(axis: Axes) -> None:
    axis.set_axisbelow(True)
    axis.grid(color=GRID, linewidth=0.8)
    axis.tick_params(colors=INK, labelsize=9, length=0)
    for name, spine in axis.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(FAINT)
