"""What came of learning, and how a folder fits, in words."""

from typing import TYPE_CHECKING

from gui.language.translation import translate
from gui.language.words import decimal, whole

if TYPE_CHECKING:
    from core.adapting.folder_fit import FolderFit
    from core.adapting.learning import Learnt
    from core.adapting.validation import Verdict


def outcome_words(learnt: "Learnt", name: str) -> str:
    """What was measured, and what was done with it."""
    paragraphs = [_conclusion(learnt.verdict, name), _figures(learnt.verdict)]
    if learnt.missing_count:
        text = translate(
            "LearningWords", "Faces whose photos cannot be read any more: {count}."
        ).format(count=whole(learnt.missing_count))
        paragraphs.append(text)
    return "\n\n".join(paragraphs)


def fit_words(fit: "FolderFit") -> str:
    """How far the pictures are, and what ranges would fit."""
    from core.adapting.folder_distance import Nearness

    sentence = {
        Nearness.NEAR: translate(
            "LearningWords",
            "The pictures of this folder look like those that the model learnt from "
            "({deviations} standard deviations away, by {count} faces).",
        ),
        Nearness.APART: translate(
            "LearningWords",
            "The pictures of this folder are somewhat unlike those that the model learnt from "
            "({deviations} standard deviations away, by {count} faces).",
        ),
        Nearness.FAR: translate(
            "LearningWords",
            "The pictures of this folder are far from those that the model learnt from "
            "({deviations} standard deviations away, by {count} faces).",
        ),
    }[fit.distance.nearness]
    distance = sentence.format(
        deviations=decimal(fit.distance.deviations), count=whole(fit.distance.face_count)
    )
    return f"{distance}\n\n{_range_words(fit)}"


def _range_words(fit: "FolderFit") -> str:
    fitted = fit.range
    if fitted is None:
        return translate(
            "LearningWords", "How wide its ranges must be is seen from 30 corrected ages on."
        )
    return translate(
        "LearningWords",
        "Its ranges hold the age of {share} % of {count} corrected faces. Reaching {factor} times "
        "as far to either side, they would hold 8 in 10 of the others.",
    ).format(
        share=whole(round(100 * fitted.published_coverage)),
        count=whole(fitted.face_count),
        factor=decimal(fitted.factor),
    )


def _conclusion(verdict: "Verdict", name: str) -> str:
    from core.adapting.validation import Outcome

    match verdict.outcome:
        case Outcome.BETTER:
            text = translate(
                "LearningWords",
                "It is better, and installed as “{name}”. Choose it in the menu Model, and then "
                "Label again.",
            )
        case Outcome.NO_BETTER:
            text = translate(
                "LearningWords",
                "It is no better beyond chance, so nothing was installed. More corrected faces "
                "may help, or there is nothing to learn.",
            )
        case Outcome.FORGETS:
            text = translate(
                "LearningWords",
                "It would become worse on other faces, so nothing was installed: these pictures "
                "look too much like all others.",
            )
        case Outcome.DISAGREES:
            text = translate(
                "LearningWords",
                "The corrected ages do not follow the faces, so nothing was installed. Look "
                "whether some are mistaken.",
            )
    return text.format(name=name)


def _figures(verdict: "Verdict") -> str:
    return translate(
        "LearningWords",
        "Years off on your {count} faces, each by what was learnt from other photos: {before} "
        "before, {after} after. On the faces that the model knew: {known_before} before, "
        "{known_after} after.",
    ).format(
        count=whole(verdict.face_count),
        before=decimal(verdict.before_years),
        after=decimal(verdict.after_years),
        known_before=decimal(verdict.known_before_years, 2),
        known_after=decimal(verdict.known_after_years, 2),
    )
