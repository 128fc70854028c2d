"""Every network by name: how it is built, started, and how large it is."""

from collections.abc import Callable
from dataclasses import dataclass

import keras

from training.architectures import (
    age_cnn,
    age_gender_cnn,
    efficientnet_b0,
    efficientnet_b1,
    efficientnet_b2,
    gender_cnn,
    hse_mobilenet,
    mobilenet_v2,
    resnet50,
    vgg16,
)


@dataclass(frozen=True, slots=True)
class Architecture:
    """One network.

    Attributes:
        make: builds it; takes `input_size_px` and, where it says an age, `age_bins`.
        parameter_count: of what `make()` builds.
        load_weights: starts it from what `--weights` names; None if it starts from nothing.
    """

    make: Callable[..., keras.Model]
    parameter_count: int
    says_age: bool = True
    says_gender: bool = True
    load_weights: Callable[[keras.Model, str], None] | None = None

    def build(self, input_size_px: int, age_bins: int) -> keras.Model:
        """The network for pictures of `input_size_px`, with `age_bins` if it says an age."""
        if not self.says_age:
            return self.make(input_size_px)
        return self.make(input_size_px, age_bins)


ARCHITECTURES: dict[str, Architecture] = {
    "gender_cnn": Architecture(
        gender_cnn.make_gender_cnn, gender_cnn.PARAMETER_COUNT, says_age=False
    ),
    "age_cnn": Architecture(age_cnn.make_age_cnn, age_cnn.PARAMETER_COUNT, says_gender=False),
    "age_gender_cnn": Architecture(
        age_gender_cnn.make_age_gender_cnn, age_gender_cnn.PARAMETER_COUNT
    ),
    "efficientnet_b0": Architecture(
        efficientnet_b0.make_efficientnet_b0,
        efficientnet_b0.PARAMETER_COUNT,
        load_weights=efficientnet_b0.load_efficientnet_b0,
    ),
    "efficientnet_b1": Architecture(
        efficientnet_b1.make_efficientnet_b1,
        efficientnet_b1.PARAMETER_COUNT,
        load_weights=efficientnet_b1.load_efficientnet_b1,
    ),
    "efficientnet_b2": Architecture(
        efficientnet_b2.make_efficientnet_b2,
        efficientnet_b2.PARAMETER_COUNT,
        load_weights=efficientnet_b2.load_efficientnet_b2,
    ),
    "mobilenet_v2": Architecture(
        mobilenet_v2.make_mobilenet_v2,
        mobilenet_v2.PARAMETER_COUNT,
        load_weights=mobilenet_v2.load_mobilenet_v2,
    ),
    "vgg16": Architecture(vgg16.make_vgg16, vgg16.PARAMETER_COUNT, load_weights=vgg16.load_vgg16),
    "resnet50": Architecture(
        resnet50.make_resnet50, resnet50.PARAMETER_COUNT, load_weights=resnet50.load_resnet50
    ),
    "hse_mobilenet": Architecture(
        hse_mobilenet.make_hse_mobilenet,
        hse_mobilenet.PARAMETER_COUNT,
        load_weights=hse_mobilenet.load_hse_mobilenet,
    ),
}
