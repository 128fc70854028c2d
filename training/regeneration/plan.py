"""Reads how a model is made, stage by stage, and turns each stage into a command."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import DataError
from training.architectures.run_weights import BEST_WEIGHTS_FILE
from training.architectures.transfer import IMAGENET, NO_WEIGHTS
from training.data.collection import collection_name

PLANS_DIR = Path(__file__).parent
_COMMANDS = ("train", "average")


@dataclass(frozen=True, slots=True)
class Stage:
    """One command that makes one run.

    Attributes:
        options: of the command by name, without dashes, as the plan writes them.
        hours: what it took on two cores without a GPU; None where nobody kept it.
        stopped_after: epochs, where it was stopped before all that its options name.
        note: what else is to be known of how it went.
    """

    command: str
    run: str
    options: Mapping[str, Any]
    hours: float | None = None
    stopped_after: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The stages that make the model `name`, in order; the last of them makes the model itself."""

    name: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are on this machine.

    Attributes:
        data: the collections to learn from.
        weights_dir: holds the files of first weights.
        runs_dir: where each stage has its run.
    """

    data: Sequence[Path]
    weights_dir: Path
    runs_dir: Path


def read_plan(path: Path, name: str) -> Plan:
    """The plan of model `name` in the file `path`.

    Raises:
        DataError: if there is none, or a stage lacks its run, or two have the same.
    """
    try:
        stages = tuple(_stage(values) for values in tomllib.loads(path.read_text())["stages"])
    except FileNotFoundError:
        plans = " and ".join(sorted(file.stem for file in path.parent.glob("*.toml")))
        known = f" There are plans for {plans}." if plans else ""
        raise DataError(f"There is no plan {path.name}.{known}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"The plan {path} cannot be understood ({error}).") from error
    runs = [stage.run for stage in stages]
    if not stages or len(set(runs)) < len(runs):
        raise DataError(f"The plan {path} needs stages, each with a run of its own.")
    return Plan(name, stages)


def published_plan(name: str) -> Plan | None:
    """The plan that the published model `name` was made by, if it has one."""
    path = PLANS_DIR / f"{name}.toml"
    return read_plan(path, name) if path.exists() else None


def check_first_weights(stages: Sequence[Stage], weights_dir: Path) -> None:
    """See that `weights_dir` holds every file that one of `stages` starts from.

    Raises:
        DataError: if it does not.
    """
    known = {IMAGENET, NO_WEIGHTS, *(stage.run for stage in stages)}
    names = {str(stage.options["weights"]) for stage in stages if "weights" in stage.options}
    missing = sorted(name for name in names - known if not (weights_dir / name).is_file())
    if missing:
        where = (
            f"{weights_dir} holds no"
            if weights_dir.is_dir()
            else f"There is no folder {weights_dir} with"
        )
        raise DataError(
            f"{where} {' and '.join(missing)}: name the folder of the first weights with "
            "--weights DIR."
        )


def stage_command(plan: Plan, stage: Stage, places: Places, epochs: int | None = None) -> list[str]:
    """The words of the command line that make `stage`.

    Args:
        epochs: at most so many, to try a plan out.

    Raises:
        DataError: if the stage learns from a collection that is not there.
    """
    options = dict(stage.options)
    data = _collections(options.pop("collections", None), places.data)
    earlier = {one.run: str(places.runs_dir / one.run) for one in plan.stages}
    words = [stage.command, plan.name, "--data", *map(str, data)]
    words += ["--run", earlier[stage.run]]
    runs = [earlier.get(run, run) for run in options.pop("runs", [])]
    if epochs is not None and stage.command == "train":
        options["epochs"] = min(epochs, options.get("epochs", epochs))
    for option, value in options.items():
        words += _option_words(option, value, earlier, places.weights_dir)
    return [*words, *runs]


def _stage(values: dict[str, Any]) -> Stage:
    command = values.pop("command", "train")
    if command not in _COMMANDS:
        raise ValueError(f"there is no stage {command!r}")
    run, hours, note = values.pop("run"), values.pop("hours", None), values.pop("note", "")
    return Stage(command, run, values, hours, values.pop("stopped-after", None), note)


def _collections(names: Sequence[str] | None, data: Sequence[Path]) -> Sequence[Path]:
    """Those of `data` that are called so; None stands for all."""
    if names is None:
        return data
    known = {collection_name(path): path for path in data}
    if missing := [name for name in names if name not in known]:
        raise DataError(f"The plan wants {' and '.join(missing)}, which --data does not name.")
    return [known[name] for name in names]


def _option_words(
    option: str, value: Any, earlier: Mapping[str, str], weights_dir: Path
) -> list[str]:
    if option == "weights":
        return ["--weights", _weights(value, earlier, weights_dir)]
    if option == "teachers":
        return ["--teachers", *(earlier.get(model, model) for model in value)]
    if value is True:
        return [f"--{option}"]
    return [f"--{option}", str(value)]


def _weights(name: str, earlier: Mapping[str, str], weights_dir: Path) -> str:
    if name in earlier:
        return str(Path(earlier[name]) / BEST_WEIGHTS_FILE)
    return name if name in {IMAGENET, NO_WEIGHTS} else str(weights_dir / name)
