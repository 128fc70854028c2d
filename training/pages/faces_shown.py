"""Which faces a page shows, and what stands above and below each."""

from collections.abc import Sequence

import numpy as np

from core.types import Image
from training.measuring.answers import Answers
from training.pages.page import Picture

FACE_COUNT = 16


def random_faces(count: int, seed: int) -> list[int]:
    """So many of `count` faces as a page shows, drawn by a seed."""
    chosen = np.random.default_rng(seed).choice(count, min(FACE_COUNT, count), replace=False)
    return [int(index) for index in chosen]


def face_pictures(
    said: Sequence[Answers], images: Sequence[Image], indices: Sequence[int]
) -> list[Picture]:
    """Chips with what they are labelled above, and what each model said below."""
    return [
        Picture(
            images[index],
            _label_words(said[0], index),
            " · ".join(_said_words(answers, index) for answers in said),
        )
        for index in indices
    ]


def _label_words(answers: Answers, index: int) -> str:
    first, last = answers.true_group_years[index]
    group = "?" if np.isnan(first) else f"{first:.0f}-{last:.0f}"
    age = answers.true_age_years[index]
    genders = ("?", "?") if not answers.is_gender_known[index] else ("M", "F")
    gender = genders[int(answers.is_female[index])]
    return f"{group if np.isnan(age) else f'{age:.0f}'} {gender}"


def _said_words(answers: Answers, index: int) -> str:
    words = []
    if answers.has_age:
        words.append(f"{answers.age_years[index]:.0f}")
    if answers.has_gender:
        probability = answers.female_probability[index]
        sure = max(probability, 1 - probability)
        words.append(f"{'F' if probability >= 0.5 else 'M'} {sure:.0%}")
    return " ".join(words)
