"""The report's figures of the data: samples, shares, ages, and what augmentation does."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from training.data.augmentation import CAMERA, REPORT, WORN, augment
from training.data.chip import Chip
from training.data.joined_images import Pictures
from training.data.labelled_data import Data
from training.pages.plot_style import (
    FEMALE,
    FIRST,
    INK,
    MALE,
    SECOND,
    as_png,
    hide_frame,
    label,
    legend,
    new_figure,
)

_SAMPLE_COUNT = 9
_VARIANT_COUNT = 6
_SHOWN_PX = 128


def explore_chips(data: Data, folder: Path) -> Iterator[Path]:
    """Write the figures as PNG into `folder`, and yield each file."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = {
        "samples": samples(data.chips, data.images),
        "genders": gender_shares(data.chips),
        "ages": age_histogram(data.chips),
        "ages_by_gender": ages_by_gender(data.chips),
        "augmentation": augmentation_sheet(data.images),
    }
    for name, figure in figures.items():
        path = folder / f"{name}.png"
        path.write_bytes(as_png(figure))
        yield path


def samples(chips: Sequence[Chip], images: Pictures, seed: int = 0) -> Figure:
    """Nine chips with their labels."""
    count = min(_SAMPLE_COUNT, len(chips))
    chosen = np.random.default_rng(seed).choice(len(chips), count, replace=False)
    figure, axes = new_figure(6.4, 6.8, 3, 3)
    for axis in axes:
        hide_frame(axis)
    for axis, index in zip(axes, chosen.tolist(), strict=False):
        axis.imshow(images[index])
        gender = "female" if chips[index].is_female else "male"
        axis.set_title(f"{chips[index].age_years}, {gender}", fontsize=11, color=INK)
    return figure


def gender_shares(chips: Sequence[Chip]) -> Figure:
    """How many are labelled male and female."""
    counts = [sum(chip.is_female is sex for chip in chips) for sex in (False, True)]
    figure, (axis,) = new_figure(4.2, 3.6)
    axis.bar(["male", "female"], counts, color=[MALE, FEMALE], width=0.6)
    for index, count in enumerate(counts):
        text = f"{count:,}\n{count / len(chips):.1%}"
        axis.text(index, count / 2, text, ha="center", va="center", color="white", fontsize=13)
    label(axis, f"{len(chips):,} chips by gender")
    return figure


def age_histogram(chips: Sequence[Chip]) -> Figure:
    """Chips by year of age, and the mean."""
    ages = np.array([chip.age_years for chip in chips if chip.age_years is not None])
    figure, (axis,) = new_figure(6.8, 3.6)
    axis.hist(ages, bins=np.arange(-0.5, 117.5).tolist(), color=FIRST, alpha=0.85)
    axis.axvline(ages.mean(), color=SECOND, linewidth=2, label=f"mean {ages.mean():.1f} years")
    label(axis, "Chips by age", "age, years", "chips")
    legend(axis)
    return figure


def ages_by_gender(chips: Sequence[Chip]) -> Figure:
    """The same, in steps of five years, for men and women."""
    figure, (axis,) = new_figure(6.8, 3.6)
    known = [(chip.age_years, chip.is_female) for chip in chips if chip.age_years is not None]
    ages = [[age for age, is_female in known if is_female is sex] for sex in (False, True)]
    means = [float(np.mean(group)) if group else float("nan") for group in ages]
    names = [f"{n}, mean {m:.1f}" for n, m in zip(("male", "female"), means, strict=True)]
    edges = np.arange(0, 121, 5).tolist()
    axis.hist(ages, bins=edges, color=[MALE, FEMALE], label=names)
    label(axis, "Chips by age and gender", "age, years", "chips")
    legend(axis)
    return figure


def augmentation_sheet(images: Pictures, seed: int = 0) -> Figure:
    """A few chips before augmentation, and variants of each under every kind of it."""
    rng = np.random.default_rng(seed)
    kinds = (("report", REPORT), ("camera", CAMERA), ("worn", WORN))
    figure, axes = new_figure(10.5, 5.2, len(kinds), _VARIANT_COUNT + 1)
    for row, (name, augmentation) in enumerate(kinds):
        chip = images[int(rng.integers(len(images)))]
        shown = axes[row * (_VARIANT_COUNT + 1) :][: _VARIANT_COUNT + 1]
        for column, axis in enumerate(shown):
            hide_frame(axis)
            axis.imshow(augment(chip, _SHOWN_PX, augmentation, rng) if column else chip)
        shown[0].set_title("chip", fontsize=10, color=INK)
        shown[1].set_title(name, fontsize=10, color=INK, loc="left")
    return figure
