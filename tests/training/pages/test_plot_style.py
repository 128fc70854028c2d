import re
from collections.abc import Iterable

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from training.pages.page import STYLE_FILE
from training.pages.plot_style import (
    MODELS,
    READABLE,
    SECOND,
    as_svg,
    new_figure,
    percent,
    shades,
    themed,
)

LIGHT, DARK = STYLE_FILE.read_text(encoding="utf-8").split("(prefers-color-scheme: dark)")


def test_places_are_short_and_what_is_read_keeps_its_decimals() -> None:
    figure, axis = new_figure()
    axis.plot([1, 2, 3], [0.00012345, 0.0002, 0.00031])
    axis.set_title("AUC 0.98634")
    svg = as_svg(figure, "rates")
    assert "AUC 0.98634" in svg
    assert re.search(r">0\.00020*</text>", svg)
    assert not re.search(r"<[^>]*\.\d{3}", svg)


def test_shares_that_lie_close_together_are_told_apart() -> None:
    figure, axis = new_figure()
    axis.plot([1, 2], [0.9385, 0.9515])
    percent(axis)
    shares = re.findall(r">([\d.]+)%</text>", as_svg(figure, "shares"))
    assert len(shares) > 2
    assert len(set(shares)) == len(shares)


@pytest.mark.parametrize("style", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", [*MODELS.values(), SECOND])
def test_counts_can_be_read_on_the_fullest_shade(colour: str, style: str) -> None:
    *shade, opacity = shades(colour, READABLE)(1.0)
    sheet, ink = (np.array(to_rgb(value_of(name, style))) for name in ("sheet", "ink"))
    assert contrast(ink, opacity * np.array(shade) + (1 - opacity) * sheet) > 4.5


@pytest.mark.parametrize("name", MODELS)
def test_lines_of_every_model_can_be_seen_on_dark_pages(name: str) -> None:
    assert themed(f"stroke: {MODELS[name]}") == f"stroke: var(--{name}, {MODELS[name]})"
    colour = value_of(name, DARK, MODELS[name])
    assert contrast(to_rgb(colour), to_rgb(value_of("sheet", DARK))) > 3
    assert "filter:" not in DARK, "it would change the colours of what is not a model's, too"


def value_of(variable: str, style: str, otherwise: str = "") -> str:
    found = re.search(rf"--{variable}: (#\w+)", style)
    return found[1] if found else otherwise


def contrast(one: Iterable[float], other: Iterable[float]) -> float:
    """WCAG's ratio."""
    low, high = sorted(luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Iterable[float]) -> float:
    red, green, blue = (part**2.2 for part in colour)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def test_the_lightest_shade_is_the_page_that_it_stands_on() -> None:
    assert shades("#9c2c80")(0.0)[3] == 0
    assert shades("#9c2c80")(1.0)[3] == 1
