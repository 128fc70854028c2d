"""The tabs that only tell: the models with their figures, and what Visage is."""

from collections.abc import Mapping
from html import escape
from typing import Any

from core.estimation.comparable_figures import comparable
from core.estimation.model_card import ModelCard
from core.estimation.model_folder import default_name, find_models
from gui.language.catalogue import marked
from gui.web import answers, curves
from gui.web.words import Words

ABOUT = marked(
    "Page",
    """<h3>Visage</h3>
<p>An estimate says how old a face looks and how a stranger would read its gender, not who a
person is. It can be wrong. Visage must not be used to decide about people: not who may buy, enter,
work or be watched.</p>
<p>Pictures are looked at by the computer that runs this page, and go nowhere else. What you upload
is removed as soon as it was looked at, a finished video after ten minutes.</p>
<p>The code is under the Apache License 2.0. The weights of the models are for research and
non-commercial use. The file NOTICE names the work of others.</p>""",
)

BAR_REM = 8
"""How wide the longest bar is."""

_SHOWN = ("age_mae", "gender_accuracy")


def about_text(words: Words) -> str:
    """What Visage is and is not for, where pictures go, and the licences."""
    return words.text(ABOUT)


def models_text(words: Words) -> str:
    """Every model, the default one first: what it is, its figures, bars by age, and its curves."""
    models = {model.card.name: model.card for model in find_models()}
    first = default_name(tuple(models)) if models else ""
    cards = sorted(models.values(), key=lambda card: card.name != first)
    return "".join(_model(card, words) for card in cards)


def _model(whole_card: ModelCard, words: Words) -> str:
    card = comparable(whole_card)
    rows = [
        [words[key], _written(key, card.figures[key], words)]
        for key in _SHOWN
        if key in card.figures
    ]
    description, data, licence = (
        answers.sentence(words.said(text))
        for text in (card.description, card.training_data, card.licence)
    )
    return (
        f"<section class='model'><h3>{escape(card.title)}</h3>{description}<div class='figures'>"
        f"<div>{answers.table([words['figure'], ''], rows)}{_bands(card.figures, words)}</div>"
        f"{curves.charts(card, words)}</div>{data}{licence}</section>"
    )


def _written(key: str, figure: float, words: Words) -> str:
    """A figure in years, or a share of 0-1 in %."""
    return words.number(figure) if key == "age_mae" else f"{words.number(100 * figure, 0)} %"


def _bands(figures: Mapping[str, Any], words: Words) -> str:
    """The error of age by age band, or of gender where the model gives no age."""
    key = next((key for key in _SHOWN if key in figures), "")
    bands = {
        name: band[key] for name, band in figures.get("by_age_band", {}).items() if key in band
    }
    if not bands:
        return ""
    longest = max(bands.values()) or 1
    rows = "".join(
        f"<tr><td>{escape(name.replace('-', '–'))}</td><td><span class='bar' "
        f"style='width: {BAR_REM * value / longest:.2f}rem'></span>"
        f"{_written(key, value, words)}</td></tr>"
        for name, value in bands.items()
    )
    heads = f"<th>{escape(words['ages'])}</th><th>{escape(words[key])}</th>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
