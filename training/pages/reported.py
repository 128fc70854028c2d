"""The report's own figures, for comparison: as far as they are known."""

from dataclasses import dataclass

REPORTED_SPLIT = (
    "its plain random split (80:20, seed 42), with copies of training pictures among the test "
    "pictures"
)


@dataclass(frozen=True, slots=True)
class Reported:
    """One row of the report's table, under the keys of our own figures."""

    parameter_count: int | None
    figures: dict[str, float]


REPORTED: dict[str, Reported] = {
    "gender_cnn": Reported(2_600_833, {"gender_accuracy": 0.8633, "gender_auc": 0.935}),
    "age_cnn": Reported(423_361, {"age_mae": 5.81, "age_rmse": 9.24}),
    "age_gender_cnn": Reported(8_779_970, {"age_mae": 8.22, "gender_accuracy": 0.91}),
    "efficientnet_b2": Reported(
        8_758_779,
        {"age_mae": 5.52, "age_rmse": 7.92, "age_within_10": 0.8364, "gender_accuracy": 0.9373},
    ),
    "mobilenet_v2": Reported(
        None, {"age_mae": 6.07, "age_within_10": 0.8064, "gender_accuracy": 0.93}
    ),
    "efficientnet_b1": Reported(
        None, {"age_mae": 6.86, "age_within_10": 0.7701, "gender_accuracy": 0.90}
    ),
    "efficientnet_b0": Reported(
        None, {"age_mae": 7.58, "age_within_10": 0.7345, "gender_accuracy": 0.90}
    ),
    "vgg16": Reported(None, {"age_mae": 8.02, "age_within_10": 0.7119, "gender_accuracy": 0.88}),
}
