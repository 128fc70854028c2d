"""Makes a network as sure as it is right, without changing what it says.

A sigmoid's logit divided by one number, the temperature, fitted on validation chips (Guo et al.,
"On Calibration of Modern Neural Networks", 2017). It is folded into the last layer's weights, so
that nothing downstream knows of it.
"""

import keras
import numpy as np
from numpy.typing import NDArray

_LOGARITHMS = np.linspace(np.log(0.25), np.log(4.0), 241)
_SMALLEST = 1e-6


def fit_temperature(female_probability: NDArray[np.float64], is_female: NDArray[np.bool_]) -> float:
    """The temperature, 0.25-4, at which the labels are likeliest; over 1 if it was too sure."""
    sure = np.clip(female_probability, _SMALLEST, 1 - _SMALLEST)
    logits = np.log(sure) - np.log1p(-sure)
    towards_label = np.where(is_female, logits, -logits)
    temperatures = np.exp(_LOGARITHMS)
    losses = [np.logaddexp(0, -towards_label / t).mean() for t in temperatures]
    return float(temperatures[int(np.argmin(losses))])


def set_temperature(model: keras.Model, output: str, temperature: float) -> None:
    """Divide the logits of the layer `output` of `model` by `temperature`."""
    layer = model.get_layer(output)
    layer.set_weights([weight / temperature for weight in layer.get_weights()])
