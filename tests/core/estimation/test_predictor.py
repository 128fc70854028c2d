import numpy as np
import pytest
from numpy.typing import NDArray

from core.errors import ModelError
from core.estimation.model_card import AgeOutput, AgeOutputKind
from core.estimation.predictor import MAX_BATCH, Predictor
from tests.fakes import FunctionEngine, Outputs, red_and_blue
from tests.model_folders import INPUT_SIZE_PX, coloured_chips, make_card


def test_reads_age_range_and_gender_of_each_chip_in_order() -> None:
    predictor = Predictor(make_card(), FunctionEngine(red_and_blue))
    young, old = predictor.predict(coloured_chips((20, 0, 255), (80, 0, 0)))
    assert (young.age_years, young.age_low_years, young.age_high_years) == pytest.approx(
        (20, 16, 26)
    )
    assert young.female_probability == 1
    assert (old.age_years, old.age_low_years, old.age_high_years) == pytest.approx((80, 70, 92))
    assert old.female_probability == 0


def test_a_distribution_is_read_by_its_expectation() -> None:
    def two_ages(images: NDArray[np.float32]) -> Outputs:
        return {"age_output": np.tile(np.array([0, 0.25, 0, 0.75], np.float32), (len(images), 1))}

    age = AgeOutput(AgeOutputKind.DISTRIBUTION, first_year=10)
    predictor = Predictor(make_card(age=age, gender=False), FunctionEngine(two_ages))
    (estimate,) = predictor.predict(coloured_chips((0, 0, 0)))
    assert estimate.age_years == pytest.approx(12.5)
    assert estimate.age_low_years is None
    assert estimate.female_probability is None


def test_a_model_of_gender_alone_gives_no_age() -> None:
    card = make_card(age=None)
    (estimate,) = Predictor(card, FunctionEngine(red_and_blue)).predict(coloured_chips((9, 9, 51)))
    assert estimate.age_years is None
    assert estimate.female_probability == pytest.approx(0.2)


def test_flip_averaging_averages_with_the_mirrored_face() -> None:
    chips = coloured_chips((0, 0, 0))
    chips[:, :, : INPUT_SIZE_PX // 2, 0] = 60
    predictor = Predictor(make_card(), FunctionEngine(red_and_blue))
    assert predictor.predict(chips)[0].age_years == 60
    assert predictor.predict(chips, flip_average=True)[0].age_years == 30


def test_no_chips_are_no_estimates() -> None:
    predictor = Predictor(make_card(), FunctionEngine(red_and_blue))
    assert predictor.predict(coloured_chips((0, 0, 0))[:0]) == ()


def test_many_chips_are_run_in_bounded_batches_and_stay_in_order() -> None:
    engine = FunctionEngine(red_and_blue)
    predictor = Predictor(make_card(), engine)
    engine.batch_sizes.clear()
    estimates = predictor.predict(coloured_chips(*((age, 0, 0) for age in range(MAX_BATCH + 3))))
    assert engine.batch_sizes == [MAX_BATCH, 3]
    assert [estimate.age_years for estimate in estimates] == list(range(MAX_BATCH + 3))


def test_an_age_is_never_below_zero() -> None:
    engine = FunctionEngine(lambda x: {"age_output": np.full((len(x), 1), -5, np.float32)})
    (estimate,) = Predictor(make_card(gender=False), engine).predict(coloured_chips((0, 0, 0)))
    assert (estimate.age_years, estimate.age_low_years) == (0, 0)


def test_chips_of_another_size_are_a_bug() -> None:
    predictor = Predictor(make_card(), FunctionEngine(red_and_blue))
    with pytest.raises(ValueError, match=r"\(N, 32, 32, 3\) expected"):
        predictor.predict(coloured_chips((0, 0, 0), size_px=16))


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ({}, "has no output age_output"),
        ({"age_output": np.zeros((1, 7), np.float32)}, "has the shape"),
        ({"age_output": np.zeros(1, np.float32)}, "has the shape"),
        ({"age_output": np.array(3, np.float32)}, r"has the shape \(\)"),
        ({"age_output": np.full((1, 1), np.nan, np.float32)}, "no number"),
        ({"age_output": np.full((1, 1), 1e30, np.float32)}, "no age"),
        (
            {
                "age_output": np.full((1, 1), 30, np.float32),
                "gender_output": np.full((1, 1), 1.5, np.float32),
            },
            "no probability",
        ),
    ],
)
def test_a_model_that_does_not_fit_its_card_is_refused_at_once(
    output: Outputs, sentence: str
) -> None:
    with pytest.raises(ModelError, match=sentence):
        Predictor(make_card(), FunctionEngine(lambda images: output))


def test_closing_the_predictor_closes_its_engine() -> None:
    engine = FunctionEngine(red_and_blue)
    with Predictor(make_card(), engine) as predictor:
        assert predictor.engine is engine
        assert predictor.card.name == "tiny"
    assert engine.is_closed
