"""The commands that make weights; each takes the parsed options."""

import shlex
from argparse import Namespace
from dataclasses import replace

from core.estimation.model_card import CARD_FILE
from training.commands.options import (
    CACHE_DIR,
    check_json,
    evaluate_command,
    make_config,
    open_labelled_data,
    shown_data,
    train_command,
    write_json,
)
from training.data.chip_dataset import ChipDataset, Crops
from training.data.labelled_data import Data
from training.learning.configs import TrainConfig
from training.learning.devices import join_hosts
from training.learning.inheritance import check_averaged, check_inheritance
from training.learning.precision import resolve_precision
from training.learning.run_dir import RunDir, new_run, newest_run
from training.learning.schedule import is_finished
from training.learning.train import check_start, finished_model
from training.learning.train import train as train_run
from training.publishing.model_search import (
    REPORT_SPLIT,
    RUNS_DIR,
)


def train(options: Namespace) -> None:
    """Train a model, or go on with its newest run, and make its model folder."""
    join_hosts()
    config = make_config(options)
    run = _run_for(options, config)
    run.check_place()
    check_start(config, run, options.freeze)
    data = open_labelled_data(options, is_reports_split=options.split == REPORT_SPLIT)
    check_inheritance(config, data)
    with run.held():
        _train_in(run, config, data, options)


def _train_in(run: RunDir, config: TrainConfig, data: Data, options: Namespace) -> None:
    import keras

    noted = run.read_config()["precision"] if run.read_history() else None
    config, precision = resolve_precision(config, noted)
    run.start({**config.described(), "split": data.split.digest})
    run.note_machine()
    if precision:
        run.log(f"Precision {precision}")
    run.log(f"{run.path}: {len(data.split.train)} chips to learn from{_of_each(data)}")
    if is_finished(config, run.read_history()) and (run.model_dir / CARD_FILE).is_file():
        print(f"{run.path} is finished. {_next_step(run, options)}")
        return
    train_run(config, data, run, _crops(config, data))
    if keras.backend.backend() != "tensorflow":
        print("Trained. The same command without KERAS_BACKEND writes the model's files.")
        return
    from training.publishing.model_folder import build_model_folder

    command = train_command(options, config)
    build_model_folder(config, finished_model(config, run), data, command, run.model_dir)
    print(f"Trained. {_next_step(run, options)}")


def _of_each(data: Data) -> str:
    if len(data.collections) == 1:
        return ""
    counts = (f"{len(one.split.train)} of {one.name}" for one in data.collections)
    return f": {', '.join(counts)}"


def _next_step(run: RunDir, options: Namespace) -> str:
    split = ["--split", REPORT_SPLIT] if options.split == REPORT_SPLIT else []
    return f"Next: {evaluate_command(run, options.data, split)}"


def average(options: Namespace) -> None:
    """Make a model of the mean of several runs' weights; one named twice counts twice."""
    from training.learning.averaging import average_runs
    from training.publishing.model_folder import build_model_folder

    config = replace(make_config(options), precision="float32")
    run = RunDir(options.run)
    run.check_place()
    data = Data(options.data, CACHE_DIR)
    learnt = [RunDir(path) for path in options.runs]
    check_averaged(learnt, data)
    model = average_runs(config, learnt)
    runs = [path.as_posix() for path in options.runs]
    words = ["python", "-m", "training", "average", config.name, *runs, "--preset", config.preset]
    words += ["--data", *shown_data(options.data), "--size", str(config.input_size_px)]
    with run.held():
        run.start({**config.described(), "average_of": runs, "split": data.split.digest})
        run.keep(model)
        build_model_folder(config, model, data, shlex.join(words), run.model_dir)
    print(f"Next: {evaluate_command(run, options.data)}")


def benchmark(options: Namespace) -> None:
    """Say whether the devices ever wait for chips."""
    from training.measuring import throughput

    check_json(options)
    config = make_config(options)
    data = Data(options.data, CACHE_DIR)
    config, _ = resolve_precision(config)
    training = ChipDataset(config, data.images, data.chips, data.split.train)
    found = throughput.measure_throughput(config, training, options.steps)
    print(throughput.throughput_table(config, found))
    if options.json:
        write_json(throughput.throughput_json(config, found), options.json)


def regenerate(options: Namespace) -> None:
    """Make a published model anew, by its plan."""
    from training.regeneration.command import regenerate as run_plan

    run_plan(options)


def convert_weights(options: Namespace) -> None:
    """Make the file of face weights that visage starts from."""
    from training.architectures.tfjs_weights import convert_face_weights

    convert_face_weights(options.source, options.out)
    print(options.out)


def _crops(config: TrainConfig, data: Data) -> Crops | None:
    """What the app makes of the chips, if the configuration draws any of it."""
    if not config.crop_share:
        return None
    from training.data.app_crops import join_crops, load_app_crops

    print("Crops as the app makes them, once for all models:", flush=True)
    crops = [
        load_app_crops(one.chips, one.images, CACHE_DIR, _print_progress)
        for one in data.collections
    ]
    return join_crops(crops)


def _print_progress(done: int, count: int) -> None:
    if done % 500 == 0 or done == count:
        print(f"  {done} of {count}", flush=True)


def _run_for(options: Namespace, config: TrainConfig) -> RunDir:
    if options.run:
        return RunDir(options.run)
    return newest_run(RUNS_DIR, config.name, config.preset) or new_run(
        RUNS_DIR, config.name, config.preset
    )
