"""The outputs of every network: how it says an age and a gender."""

import keras
from keras import layers

MEAN_AGE_YEARS = 33.0

FIRST_YEAR = 0
YEAR_BINS = 101
"""One-year bins 0-100 of an age distribution.

A bin below the youngest label lets the expectation reach one year; the few faces beyond 100
(one in a thousand) share the last bin, because bins of their own would hardly ever be trained.
"""


def age_output(x: keras.KerasTensor, bins: int = 1) -> keras.KerasTensor:
    """`age_output`: years (N, 1) for one bin, else a softmax over that many one-year bins."""
    if bins > 1:
        return layers.Dense(bins, activation="softmax", name="age_output", dtype="float32")(x)
    # Starting at the mean age spares the first epochs the climb from zero.
    return layers.Dense(
        1,
        name="age_output",
        dtype="float32",
        bias_initializer=keras.initializers.Constant(MEAN_AGE_YEARS),
    )(x)


def gender_output(x: keras.KerasTensor) -> keras.KerasTensor:
    """`gender_output` (N, 1), the probability of female."""
    return layers.Dense(1, activation="sigmoid", name="gender_output", dtype="float32")(x)
