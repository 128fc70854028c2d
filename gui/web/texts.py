"""The tabs that only tell: the models with their figures, and what Visage is."""

from collections.abc import Mapping
from html import escape
from typing import Any

from core.estimation.model_card import ModelCard
from core.estimation.model_folder import find_models
from gui.web import answers
from gui.web.answers import Words
from gui.web.words import FRENCH

ABOUT = """
<h3>Visage</h3>
<p>An estimate says how old a face looks and how a stranger would read its gender, not who a
person is. It can be wrong. Visage must not be used to decide about people: not who may buy, enter,
work or be watched.</p>
<p>Pictures are looked at by the computer that runs this page, and go nowhere else. What you upload
is removed as soon as it was looked at, a finished video after ten minutes.</p>
<p>The code is under the Apache License 2.0. The weights of the models are for research and
non-commercial use. The file NOTICE names the work of others.</p>
"""

A_PROPOS = """
<h3>Visage</h3>
<p>Une estimation dit quel âge paraît un visage et comment un inconnu lirait son genre, non qui est
une personne. Elle peut se tromper. Visage ne doit pas servir à décider du sort de personnes : ni
qui peut acheter, entrer ou travailler, ni qui est surveillé.</p>
<p>Les images sont examinées par l’ordinateur qui sert cette page et ne vont nulle part ailleurs. Ce
qui est déposé est effacé aussitôt examiné, une vidéo achevée après dix minutes.</p>
<p>Le code est sous licence Apache 2.0. Les poids des modèles sont réservés à la recherche et à un
usage non commercial. Le fichier NOTICE nomme le travail d’autrui.</p>
"""

_SHOWN = (("age_mae", ".1f"), ("gender_accuracy", ".0%"))


def about_text(words: Words) -> str:
    """What Visage is and is not for, where pictures go, and the licences."""
    return A_PROPOS if words is FRENCH else ABOUT


def models_text(words: Words) -> str:
    """Every model: what it is, its figures, and its error at each age as bars."""
    return "".join(_model(model.card, words) for model in find_models())


def _model(card: ModelCard, words: Words) -> str:
    rows = [
        [words[key], f"{card.figures[key]:{form}}".replace("%", " %")]
        for key, form in _SHOWN
        if key in card.figures
    ]
    return (
        f"<section><h3>{escape(card.title)}</h3>{answers.sentence(card.description)}"
        f"{answers.table([words['figure'], ''], rows)}{_bands(card.figures, words)}"
        f"{answers.sentence(card.training_data)}{answers.sentence(card.licence)}</section>"
    )


def _bands(figures: Mapping[str, Any], words: Words) -> str:
    """The error of age by age band, or of gender where the model gives no age."""
    key, form = next(((key, form) for key, form in _SHOWN if key in figures), ("", ""))
    bands = {
        name: band[key] for name, band in figures.get("by_age_band", {}).items() if key in band
    }
    if not bands:
        return ""
    longest = max(bands.values()) or 1
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td><meter max='{longest:.3f}' value='{value:.3f}'></meter> "
        f"{f'{value:{form}}'.replace('%', ' %')}</td></tr>"
        for name, value in bands.items()
    )
    heads = f"<th>{escape(words['ages'])}</th><th>{escape(words[key])}</th>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
