from pathlib import Path

import numpy as np
import onnx
import pytest

from core.adapting.age_shift import AgeShift, knot_shares, with_shift
from core.adapting.extended_model import read_graph
from core.adapting.onnx_graph import OnnxGraph
from core.adapting.picture_style import STYLE_OUTPUT, with_style
from core.adapting.rehearsal import read_rehearsal
from core.errors import ModelError
from core.estimation.onnx_engine import OnnxEngine
from tests.core.adapting.builders import BIN_COUNT, make_pixels, make_teachable
from tests.model_folders import make_model_folder

YEARS = np.arange(float(BIN_COUNT))


def test_the_graph_shifts_ages_and_reads_styles_as_the_formulas_say(tmp_path: Path) -> None:
    model = make_teachable(tmp_path)
    reading = read_rehearsal(model).reading
    shift = AgeShift(np.array([0.5, -0.3, 0.2, 0.1]), 0.4, np.array([2.0, 8.0, -6.0, 5.0]))
    path = tmp_path / "shifted.onnx"
    graph = with_shift(read_graph(model), reading, shift, YEARS).with_output(STYLE_OUTPUT)
    path.write_bytes(graph.to_bytes())
    onnx.checker.check_model(onnx.load(path), full_check=True)
    pixels = make_pixels(30)
    before = OnnxEngine(model.path / "model.onnx").run(pixels)
    after = OnnxEngine(path).run(pixels)
    means, deviations = pixels.mean(axis=(1, 2)), pixels.std(axis=(1, 2))
    assert after[STYLE_OUTPUT] == pytest.approx(reading.styles(means, deviations), abs=1e-2)
    ages = before["age_output"] @ YEARS
    expected = ages + shift.years(after[STYLE_OUTPUT], ages)
    inside = (expected > 15) & (expected < 85)
    assert inside.sum() > 10
    assert (after["age_output"] @ YEARS)[inside] == pytest.approx(expected[inside], abs=0.02)
    assert after["age_output"].sum(axis=1) == pytest.approx(np.ones(30), abs=1e-5)
    assert (after["age_output"] >= 0).all()
    assert after["gender_output"] == pytest.approx(before["gender_output"])


def test_a_shift_is_linear_between_its_knots_and_stays_the_same_beyond() -> None:
    shares = knot_shares(np.array([-3.0, 10.0, 40.0, 95.0]))
    expected = [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    assert shares.tolist() == expected


def test_a_graph_that_is_read_and_written_answers_the_same(tmp_path: Path) -> None:
    data = (make_model_folder(tmp_path) / "model.onnx").read_bytes()
    same = onnx.load_from_string(OnnxGraph.from_bytes(data).to_bytes())
    assert same == onnx.load_from_string(data)


@pytest.mark.parametrize("data", [b"", b"no model", b"\x3a\x05ab", b"\xff" * 40])
def test_what_is_no_onnx_file_is_told_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ModelError, match="no ONNX file"):
        OnnxGraph.from_bytes(data).names_of_results()


def test_a_style_has_no_correlation_and_variance_one(tmp_path: Path) -> None:
    model = make_teachable(tmp_path)
    rehearsal = read_rehearsal(model)
    covariance = np.cov(rehearsal.faces.styles, rowvar=False)
    assert covariance == pytest.approx(np.eye(4), abs=0.05)
    assert STYLE_OUTPUT in with_style(read_graph(model), rehearsal.reading).names_of_results()
