import re

import pytest
from matplotlib.colors import to_rgb

from training.pages.plot_style import INK, MODELS, as_svg, ink_over, new_figure, percent, shades


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


@pytest.mark.parametrize("colour", MODELS.values())
def test_counts_can_be_read_on_the_fullest_shade(colour: str) -> None:
    lights = sorted(luminance(each) for each in (colour, ink_over(colour, 1)))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) > 2.8  # WCAG's ratio of contrast
    assert ink_over(colour, 0.1) == INK


def luminance(colour: str) -> float:
    red, green, blue = (part**2.2 for part in to_rgb(colour))
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def test_the_lightest_shade_is_the_page_that_it_stands_on() -> None:
    assert shades("#9c2c80")(0.0)[3] == 0
    assert shades("#9c2c80")(1.0)[3] == 1
