"""The page of the data: samples, shares, ages, what is wrong with it, what augmentation does."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from core.types import Image
from training.data.audit import Audit, audit_rows, disagreements
from training.data.augmentation import AUGMENTATIONS
from training.data.chip import Chip
from training.data.chip_cache import read_chip_image
from training.pages.augmentation_sheet import sheet
from training.pages.figure_cells import written
from training.pages.page import Page, Picture, Table
from training.pages.plot_style import DATA, FEMALE, INK, MALE, label, legend, new_figure

_SAMPLE_COUNT = 9
_GROUPS_SHOWN = 24


def data_page(audits: Mapping[str, Audit], seed: int = 0) -> Page:
    """Build the page of the chips that can be read, of which there is at least one.

    Args:
        audits: what each collection holds and what is wrong with it, by name.
        seed: of the samples.
    """
    page = Page("The data")
    rng = np.random.default_rng(seed)
    page.heading("Labelled samples")
    chips = [chip for audit in audits.values() for chip in audit.readable]
    count = min(_SAMPLE_COUNT, len(chips))
    chosen = [chips[i] for i in rng.choice(len(chips), count, replace=False)]
    images = [read_chip_image(chip.path) for chip in chosen]
    page.pictures([Picture(i, _words(c)) for i, c in zip(images, chosen, strict=True)])
    page.heading("Ages and genders")
    page.figures(
        genders=gender_shares(chips),
        ages=age_histogram(chips),
        ages_by_gender=ages_by_gender(chips),
    )
    _add_audit(page, audits)
    page.heading("Augmentation")
    page.text(
        "One chip through every step of each mix: alone and as strong as it comes, in the share "
        "of chips that is given, then all steps together. `report` has the report's own words."
    )
    chip = max(images, key=_colourfulness)
    for name, mix in AUGMENTATIONS.items():
        page.text(f"`{name}`")
        page.pictures(sheet(chip, mix, seed), width_px=120)
    return page


def _add_audit(page: Page, audits: Mapping[str, Audit]) -> None:
    page.heading("What is wrong with them")
    columns = [audit_rows(audit) for audit in audits.values()]
    rows = [[name, *(column[name] for column in columns)] for name in columns[0]]
    page.tables(Table(("", *audits), rows))
    for audit in audits.values():
        if groups := disagreements(audit)[:_GROUPS_SHOWN]:
            page.text("The same picture under labels that disagree, the worst first:")
            page.pictures(
                [
                    Picture(read_chip_image(chip.path), f"{number}: {_words(chip)}")
                    for number, group in enumerate(groups, start=1)
                    for chip in group.chips
                ],
                width_px=110,
            )


def _colourfulness(image: Image) -> float:
    """A grey picture would not show what becomes of colours."""
    return float(np.ptp(image.astype(np.int16), axis=2).mean())


def _words(chip: Chip) -> str:
    genders = {True: "female", False: "male", None: "gender not known"}
    years = "-".join(str(year) for year in dict.fromkeys(chip.years or ("age not known",)))
    return f"{years}, {genders[chip.is_female]}"


def gender_shares(chips: Sequence[Chip]) -> Figure:
    """How many are labelled male and female."""
    counts = [sum(chip.is_female is sex for chip in chips) for sex in (False, True)]
    figure, axis = new_figure(4.2)
    bars = axis.bar(["male", "female"], counts, color=[MALE, FEMALE], width=0.6)
    texts = [f"{n:,}\n{written(n / max(sum(counts), 1), '.1%')}" for n in counts]
    axis.bar_label(bars, texts, padding=3, color=INK, fontsize=13)
    axis.margins(y=0.25)
    label(axis, f"{len(chips):,} chips by gender")
    return figure


def age_histogram(chips: Sequence[Chip]) -> Figure:
    """Chips by year of age, and the mean."""
    ages = np.array([chip.age_years for chip in chips if chip.age_years is not None])
    figure, axis = new_figure(6.8)
    axis.hist(ages, bins=np.arange(-0.5, 117.5).tolist(), color=DATA)
    mean = float(ages.mean()) if len(ages) else float("nan")
    axis.axvline(mean, color=INK, linestyle="--", label=f"mean {mean:.1f} years")
    label(axis, "Chips by age", "age, years", "chips")
    legend(axis)
    return figure


def ages_by_gender(chips: Sequence[Chip]) -> Figure:
    """The same, in steps of five years, for men and women."""
    figure, axis = new_figure(6.8)
    known = [(chip.age_years, chip.is_female) for chip in chips if chip.age_years is not None]
    ages = [[age for age, is_female in known if is_female is sex] for sex in (False, True)]
    means = [float(np.mean(group)) if group else float("nan") for group in ages]
    names = [f"{n}, mean {m:.1f}" for n, m in zip(("male", "female"), means, strict=True)]
    edges = np.arange(0, 121, 5).tolist()
    axis.hist(ages, bins=edges, color=[MALE, FEMALE], label=names)
    label(axis, "Chips by age and gender", "age, years", "chips")
    legend(axis)
    return figure
