"""MobileNetV2 under the report's shared head."""

import keras

from training.architectures.normalisation import scale_to_both_sides
from training.architectures.transfer import load_backbone, make_transfer_model

PARAMETER_COUNT = 3_182_146


def make_mobilenet_v2(input_size_px: int = 224, age_bins: int = 1) -> keras.Model:
    """Build the network without weights; see `make_transfer_model`."""
    return make_transfer_model(
        "mobilenet_v2", keras.applications.MobileNetV2, scale_to_both_sides, input_size_px, age_bins
    )


def load_mobilenet_v2(model: keras.Model, weights: str) -> None:
    """Start its backbone from `weights`; see `load_backbone`."""
    load_backbone(model, keras.applications.MobileNetV2, weights)
