"""The commands that write pages; each takes the parsed options."""

import shlex
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

from core import paths
from core.errors import DataError
from core.estimation.model_card import ModelCard, read_card
from training.commands.options import CACHE_DIR, measured_with
from training.data.archive import open_data
from training.data.audit import Audit, audit_chips, audit_table, write_contact_sheet, write_csv
from training.data.collection import collection_name
from training.data.labelled_data import Data, Part
from training.learning.configs import Preset
from training.learning.presets import TITLES
from training.measuring.measured_model import measure_model, open_predictor
from training.pages.comparison import comparison_page
from training.pages.model_page import Faces, model_page, row_page
from training.pages.page import INDEX, Page, link
from training.pages.rows import Row, rows_of
from training.pages.side_by_side import (
    SameFaces,
    pair_to_come,
    side_by_side_page,
    told_apart,
)
from training.publishing.model_search import (
    REPORT_SPLIT,
    RUNS_DIR,
    check_evaluated,
    keep_cards,
    kept_models,
    learnt_from_reports_split,
    model_folder,
    newest_models,
    published_cards,
    short_name,
    unpublished_cards,
)

KEPT_DIR = Path("docs/models")

PAIRS = (("efficientnet_b2", "mobilenet_v2"),)
"""The models that the report lays side by side."""


def report(options: Namespace) -> None:
    """Write the page of one model: curves, errors, and with --data best and worst faces."""
    folder = model_folder(options.model, RUNS_DIR)
    card, faces = read_card(folder), None
    if options.data:
        data = _held_out(options, card)
        model = measure_model(folder, RUNS_DIR, data)
        split = REPORT_SPLIT if data.is_reports_split else Part.TEST
        command = shlex.join(measured_with(options.model, options.data, split))
        card = replace(model.card, figures_command=command)
        faces = Faces(model.answers, data.part(Part.TEST)[1], options.seed)
    check_evaluated(folder, card)
    print(model_page(card, faces).write(options.out, short_name(folder)))


def compare(options: Namespace) -> None:
    """Write every page of docs/models from the cards alone; or compare a few models."""
    folders = _different_folders(options.models)
    if folders and options.keep:
        raise DataError("--keep is for the pages of all models: name no others beside it.")
    if len(folders) == 2:
        _lay_side_by_side(options, folders)
    elif options.data:
        raise DataError("Two models can be laid side by side: compare ONE OTHER --data PATH.")
    elif folders:
        cards = told_apart(_evaluated_cards(folders), _names_of(folders, options.models))
        rows = [replace(row, page="") for row in rows_of(cards) if row.card]
        print(comparison_page(rows).write(options.out or RUNS_DIR / "compare", "comparison"))
    else:
        _write_all(options)


def _write_all(options: Namespace) -> None:
    out = options.out or KEPT_DIR
    published = published_cards(TITLES)
    new = [*_folders_to_keep(options.keep), *newest_models(TITLES, RUNS_DIR)]
    kept = [*kept_models(out / "cards"), *kept_models(KEPT_DIR / "cards")]
    rows = rows_of(_joined(published, unpublished_cards([*new, *kept], published)))
    keep_cards(unpublished_cards(new, published), out / "cards")
    pairs = {"-beside-".join(names): _pair_page(rows, names) for names in PAIRS}
    for name, page in [*((row.page, row_page(row)) for row in rows), *pairs.items()]:
        page.text(link("All models", INDEX))
        _write(page, out, name)
    titles = {name: page.title for name, page in pairs.items()}
    _write(comparison_page(rows, titles), out, INDEX)
    print(out / f"{INDEX}.html")


def _joined(published: Sequence[ModelCard], unpublished: Sequence[ModelCard]) -> list[ModelCard]:
    """All cards, those of one title told apart by their runs."""
    names = [*("published" for _ in published), *(card.run for card in unpublished)]
    return told_apart([*published, *unpublished], names)


def _folders_to_keep(runs: Sequence[str]) -> list[Path]:
    """The models of runs that were all measured.

    Raises:
        DataError: if one was not, is no run's but published, or two have one name.
    """
    folders = _different_folders(runs)
    for run, folder in zip(runs, folders, strict=True):
        if folder.resolve().parent == paths.models_dir().resolve():
            raise DataError(f"{run} is published and needs no --keep, which is for runs.")
    _evaluated_cards(folders)
    names = [short_name(folder) for folder in folders]
    if len(set(names)) < len(names):
        raise DataError(f"Two runs are called {max(names, key=names.count)}: rename one.")
    return folders


def predict(options: Namespace) -> None:
    """Write a page of what a model says of photos, and of chips of the data."""
    from core.assembly import make_face_finder
    from core.photo_labelling import StillPipeline
    from core.settings import Settings
    from training.pages.predictions import add_chips, add_photos, predictions_page

    if not (options.photos or options.data):
        raise DataError("Name photos, or --data PATH for chips of the data.")
    folder = model_folder(options.model, RUNS_DIR)
    page = predictions_page(read_card(folder).title)
    settings, predictor = Settings(), open_predictor(folder)
    finder = make_face_finder(settings, predictor.card.input_size_px)
    pipeline = StillPipeline(finder, predictor, settings)
    try:
        refused = add_photos(page, pipeline, options.photos) if options.photos else []
        if refused and len(refused) == len(options.photos) and not options.data:
            raise DataError("\n".join(refused))
        for sentence in refused:
            print(sentence, file=sys.stderr)
        if options.data:
            chips, images = _held_out(options, predictor.card).part(Part.TEST)
            add_chips(page, predictor, chips, images, options.seed)
    finally:
        pipeline.close()
    print(page.write(options.out, short_name(folder)))


def audit(options: Namespace) -> None:
    """Say what is wrong with the chips, as a table, a CSV and a contact sheet."""
    names, audits = _different_collections(options.data), {}
    for source, name in zip(options.data, names, strict=True):
        out = options.out / name if len(names) > 1 else options.out
        found = audits[name] = audit_chips(open_data(source, CACHE_DIR))
        out.mkdir(parents=True, exist_ok=True)
        write_csv(found, out / "audit.csv")
        print(audit_table(found))
        print(f"Each file with a finding: {out / 'audit.csv'}")
        if write_contact_sheet(found, out / "audit.jpg"):
            print(f"The worst of them: {out / 'audit.jpg'}")
    _check_readable(audits)


def explore(options: Namespace) -> None:
    """Write the page of the data: samples, shares, ages, findings, augmentation."""
    from training.pages.exploration import data_page

    names = _different_collections(options.data)
    audits = {
        name: audit_chips(open_data(source, CACHE_DIR))
        for source, name in zip(options.data, names, strict=True)
    }
    _check_readable(audits)
    print(data_page(audits, options.seed).write(options.out, "data"))


def _different_collections(sources: Sequence[Path]) -> list[str]:
    """The names of the collections.

    Raises:
        DataError: if two have one.
    """
    names = [collection_name(source) for source in sources]
    if len(set(names)) < len(names):
        raise DataError(f"Two collections are called {max(names, key=names.count)}: rename one.")
    return names


def _check_readable(audits: Mapping[str, Audit]) -> None:
    if unreadable := [name for name, audit in audits.items() if not audit.readable]:
        raise DataError(f"No chip of {' or '.join(unreadable)} can be read.")


def _write(page: Page, folder: Path, name: str) -> None:
    page.write(folder, name)
    page.write_markdown(folder, name)


def _pair_page(rows: Sequence[Row], names: tuple[str, str]) -> Page:
    """Two models side by side, in the same size and preset where they were trained so."""
    pairs = [
        (first, second)
        for first, second in product(rows, rows)
        if (first.name, second.name) == names and first.card and second.card
    ]
    if not pairs:
        return pair_to_come([row for row in rows if row.name in names], names)
    first, second = max(pairs, key=_likeness)
    assert first.card and second.card
    return side_by_side_page(first.card, second.card)


def _likeness(pair: tuple[Row, Row]) -> tuple[bool, bool, bool]:
    first, second = pair
    assert first.card and second.card
    is_same_size = first.card.input_size_px == second.card.input_size_px
    return first.preset is second.preset, is_same_size, first.preset is Preset.TUNED


def _different_folders(names: Sequence[str]) -> list[Path]:
    """The folders of the models that are called so.

    Raises:
        DataError: if there is none, or two of them are one.
    """
    folders = [model_folder(name, RUNS_DIR) for name in names]
    for one, other in combinations(range(len(names)), 2):
        if folders[one].resolve() == folders[other].resolve():
            raise DataError(
                f"{names[one]} and {names[other]} are one and the same model: name it once."
            )
    return folders


def _lay_side_by_side(options: Namespace, folders: Sequence[Path]) -> None:
    if options.data:
        cards, same = _measured_pair(folders, options)
    else:
        cards, same = _evaluated_cards(folders), None
    first, second = told_apart(cards, _names_of(folders, options.models))
    page = side_by_side_page(first, second, same)
    name = "-beside-".join(map(short_name, folders))
    print(page.write(options.out or RUNS_DIR / "compare", name))


def _evaluated_cards(folders: Sequence[Path]) -> list[ModelCard]:
    """The cards of models that were all measured."""
    cards = [read_card(folder) for folder in folders]
    for folder, card in zip(folders, cards, strict=True):
        check_evaluated(folder, card)
    return cards


def _names_of(folders: Sequence[Path], given: Sequence[str]) -> Sequence[str]:
    """What models are called in short, or as they were `given` where that is not enough."""
    names = [short_name(folder) for folder in folders]
    return names if len(set(names)) == len(names) else given


def _measured_pair(
    folders: Sequence[Path], options: Namespace
) -> tuple[list[ModelCard], SameFaces]:
    splits = {learnt_from_reports_split(read_card(folder)) for folder in folders}
    if len(splits) > 1:
        raise DataError("These two learnt from different splits: no part is new to both.")
    data = Data(options.data, CACHE_DIR, splits.pop())
    first, second = (measure_model(folder, RUNS_DIR, data) for folder in folders)
    same = SameFaces(first.answers, second.answers, data.part(Part.TEST)[1])
    return [first.card, second.card], same


def _held_out(options: Namespace, card: ModelCard) -> Data:
    """The data in the kind of split that a model learnt from."""
    return Data(options.data, CACHE_DIR, learnt_from_reports_split(card))
