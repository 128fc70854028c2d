# /// script
# requires-python = ">=3.11"
# dependencies = ["matplotlib", "numpy", "opencv-python-headless", "scikit-image"]
# ///
"""Makes sample.mp4 and sample.jpg: two framed portraits that drift before a soft wall.

    uv run resources/sample/make_sample.py

Both portraits are in the public domain and come with well-known packages: Eileen Collins (NASA)
with scikit-image, Grace Hopper (US Navy) with matplotlib. Needs ffmpeg with libx264 on the PATH.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from matplotlib.cbook import get_sample_data
from numpy.typing import NDArray
from skimage.data import astronaut

FOLDER = Path(__file__).resolve().parent
CLIP_SIZE = (1280, 720)
PHOTO_SIZE = (1800, 1200)
FRAME_RATE_HZ = 30
SECONDS_PER_KNOT = 2

# The shape of a card, in px of its texture.
PICTURE_WIDTH, PICTURE_HEIGHT = 640, 800
MAT_PX = 28
SHADOW_PX = 60
CORNER_PX = 26

# One row per knot of the closed path: centre x, centre y, height (px of the clip), tilt (degrees).
COLLINS_PATH = [
    (360, 366, 560, -1.5),
    (372, 356, 590, -1.0),
    (300, 380, 480, -2.0),
    (-330, 400, 470, -4.0),
    (290, 366, 450, -1.0),
    (430, 396, 700, 1.0),
    (420, 362, 560, 0.0),
]
HOPPER_PATH = [
    (910, 370, 540, 1.5),
    (910, 372, 460, 2.0),
    (850, 366, 650, 1.0),
    (660, 420, 860, 0.0),
    (930, 356, 580, -1.0),
    (1020, 350, 410, 1.5),
    (1600, 340, 440, 4.0),
]

Pixels = NDArray[np.float32]


@dataclass(frozen=True)
class Card:
    """A framed portrait: premultiplied RGBA, 0-1, with its shadow baked in."""

    texture: Pixels
    path: NDArray[np.float64]


def make_card(portrait: NDArray[np.uint8], crop: tuple[int, int, int, int], path: list) -> Card:
    left, top, right, bottom = crop
    picture = cv2.resize(
        portrait[top:bottom, left:right],
        (PICTURE_WIDTH, PICTURE_HEIGHT),
        interpolation=cv2.INTER_CUBIC,
    )
    margin = MAT_PX + SHADOW_PX
    shape = (PICTURE_HEIGHT + 2 * margin, PICTURE_WIDTH + 2 * margin)
    mat = rounded_rectangle(shape, SHADOW_PX, CORNER_PX)
    window = rounded_rectangle(shape, margin, CORNER_PX // 2)[..., None]
    shadow = cv2.GaussianBlur(np.roll(mat, 12, axis=0), (0, 0), SHADOW_PX / 3) * 0.38

    colour = np.full((*shape, 3), (0.985, 0.98, 0.97), np.float32)
    padded = np.pad(picture / np.float32(255), ((margin, margin), (margin, margin), (0, 0)))
    colour = colour * (1 - window) + padded * window
    alpha = mat + (1 - mat) * shadow
    return Card(np.dstack([colour * mat[..., None], alpha]).astype(np.float32), np.array(path))


def rounded_rectangle(shape: tuple[int, int], inset: int, radius: int) -> Pixels:
    """A filled rounded rectangle, 0-1, anti-aliased by drawing it at four times the size."""
    height, width = shape[0] * 4, shape[1] * 4
    mask = np.zeros((height, width), np.float32)
    near, far = (inset + radius) * 4, (width - (inset + radius) * 4, height - (inset + radius) * 4)
    cv2.rectangle(mask, (near, inset * 4), (far[0], height - inset * 4 - 1), 1.0, -1)
    cv2.rectangle(mask, (inset * 4, near), (width - inset * 4 - 1, far[1]), 1.0, -1)
    for x in (near, far[0]):
        for y in (near, far[1]):
            cv2.circle(mask, (x, y), radius * 4, 1.0, -1)
    return cv2.resize(mask, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)


def make_wall(size: tuple[int, int]) -> Pixels:
    """A quiet wall with a pool of light; faint noise keeps the gradient free of bands."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.hypot((x / width - 0.42) * 1.5, y / height - 0.30)
    light = np.clip(1 - distance / 1.15, 0, 1)[..., None] ** 1.3
    shade, lit = np.float32([0.36, 0.44, 0.47]), np.float32([0.83, 0.85, 0.82])
    noise = np.random.default_rng(7).normal(0, 0.004, (height, width, 1))
    return (shade + (lit - shade) * light + noise).astype(np.float32)


def pose_at(path: NDArray[np.float64], time_s: float) -> NDArray[np.float64]:
    """The point of a closed uniform Catmull-Rom spline through `path`."""
    knot, t = divmod(time_s / SECONDS_PER_KNOT, 1)
    p0, p1, p2, p3 = (path[(int(knot) + i) % len(path)] for i in (-1, 0, 1, 2))
    slope1, slope2 = (p2 - p0) / 2, (p3 - p1) / 2
    return (
        p1 * (2 * t**3 - 3 * t**2 + 1)
        + slope1 * (t**3 - 2 * t**2 + t)
        + p2 * (3 * t**2 - 2 * t**3)
        + slope2 * (t**3 - t**2)
    )


def paint(canvas: Pixels, card: Card, pose: NDArray[np.float64]) -> Pixels:
    """`canvas` with the card laid over it at (centre x, centre y, height, tilt)."""
    centre_x, centre_y, height, tilt = pose
    scale = height / (PICTURE_HEIGHT + 2 * MAT_PX)
    size = (round(card.texture.shape[1] * scale), round(card.texture.shape[0] * scale))
    shrunk = cv2.resize(card.texture, size, interpolation=cv2.INTER_AREA)
    rest = scale * card.texture.shape[0] / size[1]
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), -tilt, rest)
    turn[:, 2] += (centre_x - size[0] / 2, centre_y - size[1] / 2)
    layer = cv2.warpAffine(shrunk, turn, (canvas.shape[1], canvas.shape[0]))
    return canvas * (1 - layer[..., 3:]) + layer[..., :3]


def to_bytes(canvas: Pixels) -> NDArray[np.uint8]:
    return np.clip(canvas * 255 + 0.5, 0, 255).astype(np.uint8)


def clip_frames(cards: list[Card]) -> Iterator[NDArray[np.uint8]]:
    wall = make_wall(CLIP_SIZE)
    for index in range(len(cards[0].path) * SECONDS_PER_KNOT * FRAME_RATE_HZ):
        canvas = wall
        for card in cards:
            canvas = paint(canvas, card, pose_at(card.path, index / FRAME_RATE_HZ))
        yield to_bytes(canvas)


def write_clip(cards: list[Card], path: Path) -> None:
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", "{}x{}".format(*CLIP_SIZE), "-r", str(FRAME_RATE_HZ), "-i", "-"]
    command += ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p"]
    command += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    command += ["-c:v", "libx264", "-preset", "slow", "-crf", "24", "-g", "60"]
    command += ["-movflags", "+faststart", "-map_metadata", "-1", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in clip_frames(cards):
            encoder.stdin.write(frame.tobytes())
    if encoder.returncode:
        raise SystemExit("ffmpeg failed.")


def write_photo(cards: list[Card], path: Path) -> None:
    canvas = make_wall(PHOTO_SIZE)
    for card, pose in zip(cards, [(520, 592, 880, -1.5), (1280, 608, 880, 1.5)], strict=True):
        canvas = paint(canvas, card, np.array(pose))
    picture = cv2.cvtColor(to_bytes(canvas), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])


def main() -> None:
    with get_sample_data("grace_hopper.jpg") as file:
        hopper = cv2.imdecode(np.frombuffer(file.read(), np.uint8), cv2.IMREAD_COLOR_RGB)
    cards = [
        make_card(astronaut(), (67, 0, 387, 400), COLLINS_PATH),
        make_card(hopper, (25, 0, 505, 600), HOPPER_PATH),
    ]
    write_photo(cards, FOLDER / "sample.jpg")
    write_clip(cards, FOLDER / "sample.mp4")


if __name__ == "__main__":
    main()
