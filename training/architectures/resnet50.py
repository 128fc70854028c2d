"""ResNet50 under the report's shared head."""

import keras

from training.architectures.normalisation import subtract_mean_as_bgr
from training.architectures.transfer import load_backbone, make_transfer_model

PARAMETER_COUNT = 24_908_162


def make_resnet50(input_size_px: int = 224, age_bins: int = 1) -> keras.Model:
    """Build the network without weights; see `make_transfer_model`."""
    return make_transfer_model(
        "resnet50", keras.applications.ResNet50, subtract_mean_as_bgr, input_size_px, age_bins
    )


def load_resnet50(model: keras.Model, weights: str) -> None:
    """Start its backbone from `weights`; see `load_backbone`."""
    load_backbone(model, keras.applications.ResNet50, weights)
