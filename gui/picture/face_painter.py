"""Draws the faces of a result: rounded boxes with a pill that says age, range and gender.

All lengths are in the painter's own px, so that lines and letters have the same size on every
picture and are crisp on every screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from core.confidence import gender_percent_text
from core.doubt import is_doubtful
from core.shown_age import shown_age, shown_range
from gui.language.words import doubtful_word, gender_word

if TYPE_CHECKING:
    from core.types import Box, Estimate, Face, Gender

# Orange and blue of Okabe and Ito's colour-blind-safe set, a little quieter; keyed by Gender.
GENDER_COLOURS = {"female": "#f0a53a", "male": "#5db4ea", "unsure": "#c9cdd3"}
NEUTRAL_COLOUR = "#c9cdd3"
PILL_COLOUR = QColor(16, 18, 20, 214)
TEXT_COLOUR = QColor("#ffffff")
MUTED_COLOUR = QColor("#c3c8ce")
BLUR_CELLS = 7
BLUR_MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class LabelPart:
    """A piece of a label's text with its looks."""

    text: str
    is_strong: bool = False
    is_muted: bool = False


def label_parts(face: "Face", is_short: bool = False) -> tuple[LabelPart, ...]:
    """What the pill of `face` says: "34", "28–41", "Female 96 %"; empty without an estimate.

    A doubtful one says so. What a second model says follows a stroke.
    """
    if face.estimate is None:
        return ()
    parts = _answer_parts(face.estimate, face.gender, is_short)
    if is_doubtful(face.quality):
        parts.append(LabelPart(doubtful_word().lower(), is_muted=True))
    if face.other is None:
        return tuple(parts)
    others = _answer_parts(face.other.estimate, face.other.gender, is_short)
    return (*parts, LabelPart("|", is_muted=True), *others)


def _answer_parts(estimate: "Estimate", gender: "Gender | None", is_short: bool) -> list[LabelPart]:
    parts = []
    if estimate.age_years is not None:
        parts.append(LabelPart(str(shown_age(estimate.age_years)), is_strong=True))
        if estimate.age_low_years is not None and estimate.age_high_years is not None:
            age_range = shown_range(estimate.age_low_years, estimate.age_high_years)
            parts.append(LabelPart(age_range, is_muted=True))
    if gender == "unsure":
        parts.append(LabelPart("?" if is_short else gender_word("unsure").lower(), is_muted=True))
    elif gender is not None:
        parts.append(_gender_part(gender, estimate.female_probability, is_short))
    return parts


def _gender_part(gender: "Gender", female_probability: float | None, is_short: bool) -> LabelPart:
    word = gender_word(gender)[0] if is_short else gender_word(gender)
    if female_probability is None:
        return LabelPart(word)
    return LabelPart(f"{word} {gender_percent_text(gender, female_probability)}")


def blur_faces(painter: QPainter, image: QImage, faces: Iterable["Face"], to_view: float) -> None:
    """Cover each face with a few soft blobs of its own colours: beyond recognition.

    Args:
        to_view: px of the painter per px of the image; the image's corner is the origin.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for face in faces:
        area = _widened(face.box, BLUR_MARGIN).intersected(QRectF(image.rect()))
        if area.isEmpty():
            continue
        cells = image.copy(area.toAlignedRect()).scaled(
            BLUR_CELLS,
            BLUR_CELLS,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        target = QRectF(area.topLeft() * to_view, area.size() * to_view)
        oval = QPainterPath()
        oval.addEllipse(target)
        painter.setClipPath(oval)
        painter.drawImage(target, cells)
    painter.restore()


class FacePainter:
    """Draws boxes and pills.

    Args:
        font: the font of the pills; its size is in the painter's px.
        scale: how much thicker and larger than on a plain screen everything is drawn.
    """

    def __init__(self, font: QFont, scale: float = 1.0) -> None:
        self._scale = scale
        self._font = QFont(font)
        self._strong_font = QFont(font)
        self._strong_font.setWeight(QFont.Weight.Bold)
        self._metrics = QFontMetricsF(self._font)
        self._strong_metrics = QFontMetricsF(self._strong_font)

    def paint(
        self, painter: QPainter, faces: Iterable["Face"], boxes: Iterable[QRectF], bounds: QRectF
    ) -> None:
        """Draw each face's box, given in px of the painter, with its pill inside `bounds`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pairs = list(zip(faces, boxes, strict=True))
        for face, box in pairs:
            self._paint_box(painter, face, box)
        taken: list[QRectF] = []
        for face, box in pairs:
            parts = label_parts(face)
            if parts and self._pill_size(parts).width() > max(2 * box.width(), bounds.width() / 8):
                parts = label_parts(face, is_short=True)
            if parts:
                pill = place_pill(self._pill_size(parts), box, bounds, taken, 6 * self._scale)
                self._paint_pill(painter, face, parts, pill)
                taken.append(pill)
        painter.restore()

    def _paint_box(self, painter: QPainter, face: "Face", box: QRectF) -> None:
        radius = min(10 * self._scale, box.width() / 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A dark line around the light one keeps the box visible on every background.
        for colour, width in ((QColor(0, 0, 0, 90), 4.0), (_colour_of(face), 2.0)):
            painter.setPen(QPen(colour, width * self._scale))
            painter.drawRoundedRect(box, radius, radius)

    def _paint_pill(
        self, painter: QPainter, face: "Face", parts: tuple[LabelPart, ...], pill: QRectF
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PILL_COLOUR)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setBrush(_colour_of(face))
        dot_radius = 4 * self._scale
        x = pill.left() + 10 * self._scale
        painter.drawEllipse(QPointF(x + dot_radius, pill.center().y()), dot_radius, dot_radius)
        x += 2 * dot_radius + 6 * self._scale
        for part in parts:
            painter.setFont(self._strong_font if part.is_strong else self._font)
            painter.setPen(MUTED_COLOUR if part.is_muted else TEXT_COLOUR)
            width = self._width(part)
            area = QRectF(x, pill.top(), width + 1, pill.height())
            painter.drawText(
                area,
                Qt.AlignmentFlag.AlignVCenter
                | Qt.AlignmentFlag.AlignLeft
                | Qt.TextFlag.TextDontClip,
                part.text,
            )
            x += width + 7 * self._scale

    def _width(self, part: LabelPart) -> float:
        metrics = self._strong_metrics if part.is_strong else self._metrics
        return metrics.horizontalAdvance(part.text)

    def _pill_size(self, parts: tuple[LabelPart, ...]) -> QSizeF:
        text = sum(self._width(part) for part in parts) + 7 * self._scale * (len(parts) - 1)
        return QSizeF(text + 36 * self._scale, self._metrics.height() + 8 * self._scale)


def place_pill(
    size: QSizeF, box: QRectF, bounds: QRectF, taken: Iterable[QRectF], gap: float
) -> QRectF:
    """Where a pill goes: above its box, else below, else inside; clear of others if it can.

    One that is wider than `bounds` begins at their left: what it says first can be read.
    """
    left = max(bounds.left(), min(box.left(), bounds.right() - size.width()))
    above, below, inside = (
        QRectF(QPointF(left, top), size)
        for top in (box.top() - gap - size.height(), box.bottom() + gap, box.top() + gap)
    )
    visible = [pill for pill in (above, below) if bounds.contains(pill)]
    taken = tuple(taken)
    for pill in (*visible, inside):
        if not any(pill.intersects(other) for other in taken):
            return pill
    return visible[0] if visible else inside


def _colour_of(face: "Face") -> QColor:
    return QColor(GENDER_COLOURS.get(face.gender or "", NEUTRAL_COLOUR))


def _widened(box: "Box", margin: float) -> QRectF:
    dx, dy = box.width * margin, box.height * margin
    return QRectF(box.left, box.top, box.width, box.height).adjusted(-dx, -2 * dy, dx, dy)
