"""Merges batch norms into the convolutions before them.

A published network no longer learns: its batch norms are a factor and a shift for each channel.
Merged before weights are rounded to float16, they leave both files of a model with the very same
numbers, and ONNX, whose export merges them anyway, can store them in half of the space.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import keras
from keras import layers, ops, tree


def fold_batch_norms(model: keras.Model) -> keras.Model:
    """A network of other layers that says what `model` says.

    A batch norm stays where anything but a convolution without an activation is before it, or
    where something else uses what that convolution says.
    """
    pairs = list(_foldable(model))
    convolutions = {id(convolution) for convolution, _ in pairs}
    batch_norms = {id(batch_norm) for _, batch_norm in pairs}

    def clone(layer: keras.Layer) -> keras.Layer:
        if id(layer) in batch_norms:
            return layers.Identity()
        config = layer.get_config()
        if id(layer) in convolutions:
            config["use_bias"] = True
        return type(layer).from_config(config)

    def call(layer: keras.Layer, *inputs: Any, **named: Any) -> Any:
        return inputs[0] if isinstance(layer, layers.Identity) else layer(*inputs, **named)

    folded = keras.models.clone_model(
        model, clone_function=clone, call_function=call, recursive=True
    )
    merged = {id(convolution): _merged(convolution, norm) for convolution, norm in pairs}
    for copy, layer in _layer_pairs(folded, model):
        copy.set_weights(merged.get(id(layer), layer.get_weights()))
    return folded


def _foldable(model: keras.Model) -> Iterator[tuple[keras.Layer, keras.Layer]]:
    """Each convolution and the batch norm behind it that can be one layer."""
    uses = Counter(id(before) for layer in model.layers for before in _before(layer))
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _foldable(layer)
        elif isinstance(layer, layers.BatchNormalization):
            (before,) = _before(layer)
            if _is_bare_convolution(before) and uses[id(before)] == 1:
                yield before, layer


def _is_bare_convolution(layer: keras.Layer) -> bool:
    is_convolution = isinstance(layer, layers.Conv2D | layers.DepthwiseConv2D)
    return is_convolution and layer.activation is keras.activations.linear


def _before(layer: keras.Layer) -> list[keras.Layer]:
    """The layers whose outputs `layer` takes."""
    if isinstance(layer, layers.InputLayer):
        return []
    return [tensor._keras_history.operation for tensor in tree.flatten(layer.input)]


def _merged(convolution: keras.Layer, norm: keras.Layer) -> list[keras.KerasTensor]:
    """The kernel and bias that do the work of both layers."""
    factors = norm.gamma / ops.sqrt(norm.moving_variance + norm.epsilon)
    kernel, *bias = convolution.weights
    if isinstance(convolution, layers.DepthwiseConv2D):
        merged = kernel * ops.reshape(factors, (*kernel.shape[2:],))
    else:
        merged = kernel * factors
    shift = (bias[0] if bias else 0) - norm.moving_mean
    return [merged, norm.beta + shift * factors]


def _layer_pairs(
    copy: keras.Model, model: keras.Model
) -> Iterator[tuple[keras.Layer, keras.Layer]]:
    """Each layer with weights in a copy, and the one that it was made from."""
    for layer in copy.layers:
        if isinstance(layer, keras.Model):
            yield from _layer_pairs(layer, model.get_layer(layer.name))
        elif layer.weights:
            yield layer, model.get_layer(layer.name)
