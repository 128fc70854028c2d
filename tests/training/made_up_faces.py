"""Made-up chips whose age and gender can be seen: lines for years, colour for gender."""

from pathlib import Path

import cv2
import numpy as np

from core.types import Image

SIDE_PX = 200


def draw_chip(age_years: int | None, is_female: bool | None, rng: np.random.Generator) -> Image:
    """A face of an ellipse, two eyes and a mouth; a line across the brow for each ten years."""
    image = np.full((SIDE_PX, SIDE_PX, 3), rng.integers(90, 200, 3), np.uint8)
    hair = (120, 60, 30) if is_female else (30, 30, 40)
    cv2.ellipse(image, (100, 90), (80, 86), 0, 0, 360, hair, -1)
    skin = tuple(int(value) for value in rng.integers(150, 230, 3))
    cv2.ellipse(image, (100, 110), (62, 80), 0, 0, 360, skin, -1)
    for x in (61, 138):
        cv2.circle(image, (x, 62), 9, (250, 250, 250), -1)
        cv2.circle(image, (x, 62), 4, (20, 20, 20), -1)
    cv2.ellipse(image, (99, 144), (24, 8), 0, 0, 360, (190, 70, 80), -1)
    for line in range((age_years or 0) // 10):
        cv2.line(image, (55, 78 + 9 * line), (145, 78 + 9 * line), (90, 60, 50), 2)
    noise = rng.normal(0, 6, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def write_chips(folder: Path, count: int, seed: int = 0) -> Path:
    """`count` chips of mixed ages and both genders, named as UTKFace names them."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    for index in range(count):
        age_years, is_female = int(rng.integers(1, 90)), bool(index % 2)
        chip = draw_chip(age_years, is_female, rng)
        name = f"{age_years}_{int(is_female)}_{index % 5}_2017{index:013d}.jpg.chip.jpg"
        cv2.imwrite(str(folder / name), chip[..., ::-1])
    return folder
