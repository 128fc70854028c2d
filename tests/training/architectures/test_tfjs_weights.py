from pathlib import Path

import numpy as np
import pytest

from core.errors import DataError
from tests.training.made_up_tfjs import SCALE, make_tfjs_weights, write_tfjs_model
from training.__main__ import main
from training.architectures.hse_mobilenet import load_hse_mobilenet, make_hse_mobilenet
from training.architectures.tfjs_weights import convert_face_weights


def test_every_layer_has_its_kernel_and_its_bias(tmp_path: Path) -> None:
    weights = make_tfjs_weights()
    convert_face_weights(write_tfjs_model(weights, tmp_path).parent, tmp_path / "out" / "face.npz")
    with np.load(tmp_path / "out" / "face.npz") as arrays:
        assert len(arrays.files) == 2 * (1 + 2 * 13 + 3)
        kernel, bias = arrays["conv_pw_4/kernel"], arrays["conv_pw_4/bias"]
        quantised = arrays["age_pred/kernel"]
    assert (kernel.dtype, bias.dtype) == (np.float16, np.float32)
    assert (kernel == weights["conv_pw_4/convolution/merged_input"].astype(np.float16)).all()
    assert (bias == weights["conv_pw_4_bn/batchnorm_1/sub"].astype(np.float16)).all()
    assert np.abs(quantised - weights["age_pred/kernel"]).max() < 0.6 * SCALE


def test_the_factor_of_a_batch_norm_scales_each_channel_of_a_depthwise_kernel(
    tmp_path: Path,
) -> None:
    weights = make_tfjs_weights()
    convert_face_weights(write_tfjs_model(weights, tmp_path), tmp_path / "face.npz")
    with np.load(tmp_path / "face.npz") as arrays:
        found = arrays["conv_dw_2/kernel"]
    kernel = weights["conv_dw_2/depthwise_kernel"]
    factor = weights["conv_dw_2_bn/batchnorm_1/mul"]
    for channel in (0, 5, 63):
        scaled = kernel[:, :, channel] * factor[channel]
        assert found[:, :, channel] == pytest.approx(scaled, abs=1e-4)


def test_what_was_converted_starts_the_network(tmp_path: Path) -> None:
    source = write_tfjs_model(make_tfjs_weights(), tmp_path)
    assert main(["convert-weights", str(source), "--out", str(tmp_path / "face.npz")]) == 0
    model = make_hse_mobilenet(64)
    load_hse_mobilenet(model, str(tmp_path / "face.npz"))
    with np.load(tmp_path / "face.npz") as arrays:
        expected = arrays["conv_pw_13/kernel"].astype(np.float32)
    assert (model.get_layer("conv_pw_13").get_weights()[0] == expected).all()


def test_another_model_or_a_file_that_is_cut_off_is_a_sentence(tmp_path: Path) -> None:
    path = write_tfjs_model(make_tfjs_weights(), tmp_path)
    (tmp_path / "faceres-2.bin").write_bytes(b"")
    with pytest.raises(DataError, match="does not hold the weights of HSE-FaceRes"):
        convert_face_weights(path, tmp_path / "face.npz")
    other = tmp_path / "other.json"
    other.write_text('{"weightsManifest": []}')
    with pytest.raises(DataError, match="conv1/kernel"):
        convert_face_weights(other, tmp_path / "face.npz")
    assert not (tmp_path / "face.npz").exists()
