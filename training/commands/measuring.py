"""The commands that measure; each takes the parsed options."""

import shlex
from argparse import Namespace
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from core import paths
from core.commands.progress_line import ProgressLine
from core.errors import DataError
from core.estimation.model_card import ONNX_FILE, ModelCard, read_card, write_card
from core.estimation.model_folder import ModelFolder
from core.estimation.onnx_engine import OnnxEngine
from core.estimation.predictor import Predictor
from training.commands.options import (
    CACHE_DIR,
    check_json,
    measured_with,
    open_labelled_data,
    write_json,
)
from training.data.archive import open_data
from training.data.chip import read_chips
from training.data.labelled_data import Data, Part
from training.measuring.degraded import degraded_table, measure_degraded
from training.measuring.evaluate import evaluate as evaluate_model
from training.measuring.evaluate import figures_table
from training.measuring.held_out import check_held_out, measured_on
from training.measuring.measured_model import find_run
from training.measuring.run_record import record_run
from training.measuring.smiles import measure_smiles, smile_marks, smiles_table
from training.publishing.model_search import (
    REPORT_SPLIT,
    RUNS_DIR,
    model_folder,
)


def evaluate(options: Namespace) -> None:
    """Measure a model on a part of the chips."""
    check_json(options)
    folder = model_folder(options.model, RUNS_DIR)
    is_reports = options.split == REPORT_SPLIT
    model = ModelFolder(folder, read_card(folder))
    if options.smiles and model.card.age is None:
        raise DataError(f"{options.model} says no age; --smiles is not for it.")
    data = open_labelled_data(options, is_reports_split=is_reports)
    part = Part.TEST if is_reports else Part(options.split)
    check_held_out(model.card, data, part, is_for_card=options.card)
    chips, images = data.part(part)
    with Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE))) as predictor:
        evaluation = evaluate_model(predictor, chips, images)
        figures = evaluation.figures
        if options.degrade:
            figures["degraded"] = measure_degraded(predictor, chips, images)
    figures["measured_on"] = measured_on(data, part)
    print(figures_table(figures))
    if options.degrade:
        print(degraded_table(figures["degraded"]))
    if options.smiles:
        figures["by_smile"] = measure_smiles(evaluation.answers, smile_marks(images))
        print(smiles_table(figures["by_smile"]))
    if options.card:
        _write_figures(options, folder, model.card, figures)
    if options.json:
        write_json(figures, options.json)


def _write_figures(
    options: Namespace, folder: Path, card: ModelCard, figures: Mapping[str, Any]
) -> None:
    """Put figures into the card, with the command that measured them and the record of the run."""
    run = find_run(folder, card, RUNS_DIR)
    run_name = run.path.resolve().name if run else card.run
    is_published = folder.resolve().parent == paths.models_dir().resolve()
    subject = card.name if is_published else f"{RUNS_DIR}/{run_name}"
    words = measured_with(subject, options.data, options.split)
    words += ["--degrade"] * options.degrade + ["--smiles"] * options.smiles
    measured = replace(card, figures=figures, figures_command=shlex.join(words), run=run_name)
    write_card(replace(measured, learning=record_run(run)) if run else measured, folder)


def paste(options: Namespace) -> None:
    """Make pictures with chips pasted into them, and truth.csv beside."""
    from training.data.pasted import PICTURE_PX, TRUTH_FILE, paste_chips
    from training.measuring.crop_check import OWN_SIZE, TURNED

    folders = [open_data(source, CACHE_DIR) for source in options.data]
    chips = [chip.path for folder in folders for chip in read_chips(folder)]
    placement = OWN_SIZE if options.own_size else TURNED.scaled(options.picture[1] / PICTURE_PX[1])
    paste_chips(
        chips,
        options.out,
        options.count,
        options.seed,
        placement.face_px,
        placement.max_turn_degrees,
        options.picture,
        feather=placement.feather,
        suffix=".jpg" if options.jpeg else ".png",
    )
    print(f"{options.count} pictures and {TRUTH_FILE} are in {options.out}.")


def check_crop(options: Namespace) -> None:
    """Measure what the app's detection and crop cost on the test split."""
    from core.assembly import make_photo_search
    from core.settings import Settings
    from training.measuring.crop_check import OWN_SIZE, TURNED, crop_table
    from training.measuring.crop_check import check_crop as check

    folder = model_folder(options.model, RUNS_DIR)
    chips, images = Data(options.data, CACHE_DIR).part(Part.TEST)
    chips, images = chips[: options.count], images[: options.count]
    model = ModelFolder(folder, read_card(folder))
    search = make_photo_search(Settings())
    with Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE))) as predictor:
        for title, placement in (("own size, upright", OWN_SIZE), ("120-400 px, turned", TURNED)):
            print(f"{title}: {crop_table(check(predictor, search, chips, images, placement))}")


def check_drawn(options: Namespace) -> None:
    """Measure what a box by hand costs on the test split."""
    from core.assembly import make_photo_search, make_second_look
    from core.batch.drawn_face import place_drawn_box
    from core.settings import Settings
    from training.measuring.drawn_check import check_drawn as check
    from training.measuring.drawn_check import drawn_table
    from training.measuring.measured_model import open_predictor

    chips, images = Data(options.data, CACHE_DIR).part(Part.TEST)
    step = max(1, len(chips) // (options.count or len(chips)))  # in the order of ages
    chips, images = chips[::step], images[::step]
    search, look = make_photo_search(Settings()), make_second_look()
    place = partial(place_drawn_box, look)
    with open_predictor(model_folder(options.model, RUNS_DIR)) as predictor:
        print(drawn_table(check(predictor, search, place, chips, images)))


def check_search(options: Namespace) -> None:
    """Count what the app finds of hard faces, and what it invents where there are none."""
    from core.assembly import make_photo_search
    from core.batch.scan import find_photos
    from core.settings import Settings
    from training.measuring.search_check import check_search as check
    from training.measuring.search_check import search_table

    _, images = Data(options.data, CACHE_DIR).part(Part.TEST)
    faceless = list(find_photos(options.faceless))
    search = make_photo_search(Settings(is_thorough=options.thorough))
    with ProgressLine() as line:
        chips = images[: options.count]
        finds = check(search, chips, faceless, progress=line.counter("pictures"))
    print(search_table(finds))


def fit_quality(options: Namespace) -> None:
    """Fit the weights of a face's quality on the validation split."""
    from core.assembly import make_face_finder
    from core.settings import LEAST_FACE_PX, Settings
    from training.measuring.measured_model import open_predictor
    from training.measuring.quality_fit import fit_quality as fit
    from training.measuring.quality_fit import quality_table

    folder = model_folder(options.model, RUNS_DIR)
    chips, images = Data(options.data, CACHE_DIR).part(Part.VALIDATION)
    step = max(1, len(chips) // (options.count or len(chips)))  # in the order of ages
    chips, images = chips[::step], images[::step]
    settings = Settings(min_face_px=LEAST_FACE_PX)
    with open_predictor(folder) as predictor:
        finder = make_face_finder(settings, predictor.card.input_size_px)
        print(quality_table(fit(predictor, finder, chips, images)))


def fit_yunet(options: Namespace) -> None:
    """Measure what parts YuNet's boxes and landmarks from BlazeFace's, for `core.faces.yunet`."""
    from training.measuring.yunet_fit import fit_yunet as fit
    from training.measuring.yunet_fit import yunet_table

    _, images = Data(options.data, CACHE_DIR).part(Part.VALIDATION)
    print(yunet_table(fit(images[: options.count])))


def check_street(options: Namespace) -> None:
    """Measure how well the live pipeline follows the people of a made-up street."""
    from core.assembly import make_live_detector
    from core.live_pipeline import LivePipeline
    from core.settings import Settings
    from training.measuring.street_check import check_street as check
    from training.measuring.street_check import street_scenes, street_table, told

    folder = model_folder(options.model, RUNS_DIR)
    model = ModelFolder(folder, read_card(folder))
    predictor = Predictor(model.card, OnnxEngine(model.verify_file(ONNX_FILE)))
    chips = [chip for source in options.data for chip in read_chips(open_data(source, CACHE_DIR))]
    scenes = street_scenes(chips, options.scenes)
    with (
        closing(LivePipeline(make_live_detector(Settings()), predictor, Settings())) as pipeline,
        ProgressLine() as line,
    ):
        told_scenes = told(scenes, options.scenes, line.counter("frames"))
        measured = check(pipeline, told_scenes)
    print(street_table(measured))
