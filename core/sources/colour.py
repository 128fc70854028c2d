"""Brings every kind of picture that Pillow knows to RGB as a screen shows it."""

import re
from io import BytesIO

import numpy as np
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

_SRGB = ImageCms.createProfile("sRGB")

_CHAINED = re.compile(rb"D2B[0-3]")
"""Tags of a profile (ICC.1:2022, 9.2) that name chains of tables. A few bytes can name the same
table a million times; each profile has another way to say the same."""


def unpack(picture: Pillow.Image) -> Pillow.Image:
    """The picture without a palette and other packing, so that its pixels can be averaged."""
    if picture.mode.startswith("I;16"):
        return Pillow.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    if "transparency" in picture.info or picture.mode in ("PA", "RGBa", "La"):
        return picture.convert("RGBA")
    if picture.mode == "P":
        return picture.convert("RGB")
    return picture.convert("L") if picture.mode == "1" else picture


def inverted(picture: Pillow.Image) -> Pillow.Image:
    """The unpacked grey picture with black as 0, whose 0 was white; transparent parts stay so."""
    if picture.mode == "LA":
        grey, alpha = picture.split()
        return Pillow.merge("LA", (ImageOps.invert(grey), alpha))
    return ImageOps.invert(_stretched(picture) if picture.mode in ("I", "F") else picture)


def to_srgb(picture: Pillow.Image, icc_profile: bytes | None) -> Pillow.Image:
    """The unpacked picture in RGB: transparent parts on white, colours as its profile says."""
    if picture.mode in ("RGBA", "LA"):
        return _to_srgb_opaque(_on_white(picture), icc_profile)
    if picture.mode in ("I", "F"):
        return _stretched(picture).convert("RGB")
    return _to_srgb_opaque(picture, icc_profile)


def _stretched(picture: Pillow.Image) -> Pillow.Image:
    """Grey of 32 bits or of floats has no agreed white: the range it has becomes 0-255."""
    values = np.nan_to_num(np.asarray(picture, dtype=np.float32))
    low, high = float(values.min()), float(values.max())
    values = (values - low) * (255 / max(high - low, 1e-6))
    return Pillow.fromarray(values.astype(np.uint8))


def _on_white(picture: Pillow.Image) -> Pillow.Image:
    with_alpha = picture.convert("RGBA")
    white = Pillow.new("RGBA", picture.size, "white")
    return Pillow.alpha_composite(white, with_alpha).convert("RGB")


def _to_srgb_opaque(picture: Pillow.Image, icc_profile: bytes | None) -> Pillow.Image:
    if icc_profile:
        try:
            bounded = _CHAINED.sub(b"none", icc_profile)
            profile = ImageCms.ImageCmsProfile(BytesIO(bounded))
            if "sRGB" not in ImageCms.getProfileDescription(profile):
                converted = ImageCms.profileToProfile(picture, profile, _SRGB, outputMode="RGB")
                return converted if converted is not None else picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that does not fit its picture is ignored, as viewers do
    return picture if picture.mode == "RGB" else picture.convert("RGB")
