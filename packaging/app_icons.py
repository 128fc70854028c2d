"""Draws the application's icon in every size and format that a desktop asks for.

Runs in the build's own environment, which has Qt and Pillow.
"""

import os
import sys

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from contents import ICONS_DIR, ROOT

SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
WINDOWS_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
DRAWING = ROOT / "resources" / "icons" / "visage.svg"


def main() -> None:
    """Write visage-N.png of each size, visage.ico and visage.icns."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication(sys.argv)
    ICONS_DIR.mkdir(parents=True, exist_ok=True)
    for size_px in SIZES_PX:
        draw(size_px).save(str(ICONS_DIR / f"visage-{size_px}.png"))
    largest = Image.open(ICONS_DIR / "visage-1024.png")
    largest.save(ICONS_DIR / "visage.ico", sizes=[(size, size) for size in WINDOWS_SIZES_PX])
    largest.save(ICONS_DIR / "visage.icns")
    app.quit()


def draw(size_px: int) -> QImage:
    """The icon on nothing, `size_px` wide and high."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(image.rect()))
    painter.end()
    return image


if __name__ == "__main__":
    main()
