import re

from training.pages.plot_style import as_svg, new_figure, percent


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
