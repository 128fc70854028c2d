"""`main.py models`: the models there are, with their measured figures."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from core.errors import ModelError
from core.estimation.model_folder import ModelFolder, default_name, find_models


def run(*, as_json: bool) -> int:
    """Print every model; 0, or 1 if there is none."""
    models = find_models()
    default = default_name([model.card.name for model in models]) if models else None
    if as_json:
        entries = [_entry(model, model.card.name == default) for model in models]
        print(json.dumps(entries, indent=2, ensure_ascii=False))
        return 0 if models else 1
    if not models:
        raise ModelError("No model is installed.")
    print("\n\n".join(_paragraph(model, model.card.name == default) for model in models))
    return 0


def _entry(model: ModelFolder, is_default: bool) -> dict[str, Any]:
    """The card, and where it lies."""
    return {**asdict(model.card), "path": str(model.path), "is_default": is_default}


def _paragraph(model: ModelFolder, is_default: bool) -> str:
    card = model.card
    facts = {
        "estimates": " and ".join(_outputs(model)),
        "input": f"{card.input_size_px} × {card.input_size_px} px",
        "parameters": f"{card.parameter_count:,}",
        "files": ", ".join(card.sha256),
        "licence": card.licence,
        **_short_figures(card.figures),
        "measured by": card.figures_command or "not measured",
        "folder": model.path,
    }
    heading = f"{card.name}{' (default)' if is_default else ''}: {card.title}"
    return "\n".join([heading, *(f"  {name}: {value}" for name, value in facts.items())])


def _outputs(model: ModelFolder) -> list[str]:
    outputs = {"age": model.card.age is not None, "gender": model.card.gender}
    return [name for name, has_output in outputs.items() if has_output]


def _short_figures(figures: Mapping[str, Any]) -> dict[str, str]:
    """The single numbers among the figures; tables are for `--json`."""
    return {
        name: f"{value:.3f}" if isinstance(value, float) else str(value)
        for name, value in figures.items()
        if isinstance(value, int | float)
    }
