"""The report's own figures, as it writes them: text, with the digits that it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

REPORTED_SPLIT = (
    "its plain random split of 23,708 pictures (18,966 to learn from, 4,742 to test on, seed 42), "
    "with copies of training pictures among the test pictures"
)


@dataclass(frozen=True, slots=True)
class Reported:
    """One row of the report's table.

    Attributes:
        figures: under the keys of our own figures; what the report does not give is absent.
        parameters: their number, with the report's digits; empty if it gives none.
        note: what the report says otherwise, and where its figures contradict each other.
    """

    figures: Mapping[str, str] = field(default_factory=dict)
    parameters: str = ""
    note: str = ""


REPORTED: Mapping[str, Reported] = {
    "gender_cnn": Reported(
        {
            "gender_accuracy": "86.33 %",
            "gender_auc": "0.935",
            "gender_f1": "0.8728",
            "gender_precision": "0.8627",
            "gender_recall": "0.8832",
        },
        "2,600,833",
    ),
    "age_cnn": Reported(
        {"age_mae": "5.81", "age_mse": "63.45", "age_rmse": "9.24"},
        "423,361",
        "An RMSE of 9.24 is an MSE of 85.4, not of 63.45; that is an RMSE of 7.97.",
    ),
    "age_gender_cnn": Reported(
        {"gender_accuracy": "91 %", "age_mae": "8.22", "age_mse": "96", "age_rmse": "11.33"},
        "8,779,970",
        "An RMSE of 11.33 is an MSE of 128.4, not of 96; that is an RMSE of 9.80.",
    ),
    "efficientnet_b0": Reported(
        {
            "gender_accuracy": "90 %",
            "gender_f1": "0.90",
            "gender_precision": "0.89",
            "gender_recall": "0.91",
            "age_mae": "7.58",
            "age_mse": "108.06",
            "age_rmse": "10.40",
            "age_within_10": "73.45 %",
        },
        "4.383 M",
        "With this head EfficientNetB0 has 4,973,733 parameters.",
    ),
    "efficientnet_b1": Reported(
        {
            "gender_accuracy": "90 %",
            "gender_f1": "0.91",
            "gender_precision": "0.91",
            "gender_recall": "0.91",
            "age_mae": "6.86",
            "age_mse": "92.93",
            "age_rmse": "9.64",
            "age_within_10": "77.01 %",
        },
        "8.417 M",
        "With this head EfficientNetB1 has 7,499,401 parameters; 8.417 M is no network's here.",
    ),
    "efficientnet_b2": Reported(
        {
            "gender_accuracy": "93.73 %",
            "gender_f1": "0.94",
            "gender_precision": "0.95",
            "gender_recall": "0.93",
            "age_mae": "5.52",
            "age_mse": "62.79",
            "age_rmse": "7.92",
            "age_within_10": "83.64 %",
        },
        "7.499 M",
        "7.499 M is EfficientNetB1's count. The report's own summary of EfficientNetB2 has "
        "8,758,779, of which 8,598,246 learn, as ours does.",
    ),
    "mobilenet_v2": Reported(
        {
            "gender_accuracy": "93 %",
            "gender_f1": "0.93",
            "gender_precision": "0.93",
            "gender_recall": "0.93",
            "age_mae": "6.07",
            "age_mse": "76.52",
            "age_rmse": "8.75",
            "age_within_10": "80.64 %",
        },
        "3.2 M",
    ),
    "vgg16": Reported(
        {
            "gender_accuracy": "88 %",
            "gender_f1": "0.89",
            "gender_precision": "0.89",
            "gender_recall": "0.89",
            "age_mae": "8.02",
            "age_mse": "125.05",
            "age_rmse": "11.18",
            "age_within_10": "71.19 %",
        },
        "15.7 M",
        "With this head VGG16 has 15,242,562 parameters.",
    ),
    "resnet50": Reported(
        note="The report calls it “caduque” (obsolete), less effective than its own network, and "
        "gives no figures.",
    ),
}


def number(text: str) -> float:
    """The value of a figure as the report writes it: shares from 0 to 1."""
    value = float(text.removesuffix("%").replace(",", ""))
    return value / 100 if text.endswith("%") else value
