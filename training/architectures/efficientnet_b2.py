"""EfficientNetB2 under the report's shared head."""

import keras

from training.architectures.normalisation import leave_raw
from training.architectures.transfer import load_backbone, make_transfer_model

PARAMETER_COUNT = 8_758_779


def make_efficientnet_b2(input_size_px: int = 224, age_bins: int = 1) -> keras.Model:
    """Build the network without weights; see `make_transfer_model`."""
    return make_transfer_model(
        "efficientnet_b2", keras.applications.EfficientNetB2, leave_raw, input_size_px, age_bins
    )


def load_efficientnet_b2(model: keras.Model, weights: str) -> None:
    """Start its backbone from `weights`; see `load_backbone`."""
    load_backbone(model, keras.applications.EfficientNetB2, weights)
