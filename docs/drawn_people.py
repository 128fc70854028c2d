"""People of all ages for the pictures of the guide: nobody's faces, drawn here as SVG."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from core.types import Gender

SIDE_PX = 480
QUALITY = 92
FACE_X, FACE_Y = 240.0, 250.0
WHITE, INK = "#f6f3ee", "#2a2020"


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody is drawn; lengths are in px.

    Attributes:
        width: of half the head.
        height: likewise.
        jaw: width of the chin's half, as a share of the head's.
        eyes: how far they lie below the middle, as a share of the height; a child's lie low.
        eye: half an eye's width.
        brow: how thick the brows are.
        forehead: how much of it the hair leaves free, as a share of the height.
        hair_length: how far it falls below the middle, as a share of the height; 0 for short.
        years: how deep in wrinkles, 0-4.
    """

    name: str
    age_years: int
    gender: Gender
    skin: str
    hair: str
    clothes: str
    ground: str
    width: float
    height: float
    jaw: float = 0.84
    eyes: float = 0.02
    eye: float = 20.0
    brow: float = 4.0
    forehead: float = 0.52
    hair_length: float = 0.0
    years: int = 0
    lips: str = "#b4605c"
    iris: str = "#5a4030"
    beard: str = ""
    is_bald: bool = False
    has_glasses: bool = False


PEOPLE = (
    Person("Mia", 1, Gender.FEMALE, "#f4d0b8", "#cfae7c", "#f6e3a0", "#cfdfe8", 146, 160, 0.92,
           0.16, 25, 2, 0.74, iris="#4f7396", lips="#cc8078"),
    Person("Leo", 6, Gender.MALE, "#966a4c", "#241c1a", "#4a7cb0", "#e6dec8", 132, 164, 0.88,
           0.1, 24, 4, 0.6, lips="#8a4c48", iris="#3a2820"),
    Person("Ines", 9, Gender.FEMALE, "#e2b18e", "#3e281c", "#dc7084", "#d8e8d8", 128, 164, 0.86,
           0.08, 24, 3, 0.56, 0.9),
    Person("Yuki", 17, Gender.MALE, "#edc9a6", "#1c1a1e", "#8c9a4c", "#dce4ea", 122, 168, 0.84,
           0.04, 20, 5, 0.46, lips="#b8706a"),
    Person("Amara", 24, Gender.FEMALE, "#7c5238", "#1a1412", "#d69a3c", "#dfe6dc", 120, 168, 0.8,
           0.03, 22, 4, 0.5, 0.7, lips="#94443f", iris="#2e1e16"),
    Person("Nora", 31, Gender.FEMALE, "#efc8ac", "#98542c", "#3c8278", "#e0d8e6", 120, 170, 0.78,
           0.02, 22, 3.5, 0.54, 1.15, lips="#c24c58", iris="#4c7060"),
    Person("Omar", 44, Gender.MALE, "#cf9e7c", "#2c2420", "#3c465a", "#d0d8de", 130, 172, 0.92,
           0.0, 19, 7, 0.5, years=1, beard="#5a4438"),
    Person("Elena", 57, Gender.FEMALE, "#e4bfa4", "#6e5a50", "#46688c", "#eae2d4", 124, 168, 0.84,
           0.0, 20, 3.5, 0.52, 0.5, years=2, lips="#b25c60", iris="#4e5e4c"),
    Person("Ruth", 72, Gender.FEMALE, "#e8c6b0", "#d2d2d6", "#7a5284", "#e6dcd0", 124, 166, 0.84,
           0.0, 18, 3, 0.52, 0.3, years=3, lips="#b06464", iris="#5a6e7a", has_glasses=True),
    Person("Karl", 81, Gender.MALE, "#deb498", "#dcdcdc", "#5c5248", "#d4dcd6", 130, 172, 0.88,
           -0.02, 17, 5, 0.9, years=4, lips="#a46a64", iris="#5a646e", is_bald=True),
)  # fmt: skip


def drawing(person: Person) -> str:
    """A portrait as SVG."""
    parts = (_behind, _head, _years, _eyes, _nose_and_mouth, _hair)
    shapes = "".join(part(person) for part in parts)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {SIDE_PX} {SIDE_PX}'>"
        f"{_gradients(person)}{shapes}</svg>"
    )


def write_portrait(person: Person, folder: Path) -> Path:
    """Write a portrait as a photo."""
    picture = QImage(SIDE_PX, SIDE_PX, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing(person).encode())).render(painter)
    painter.end()
    path = folder / f"{person.name}.jpg"
    picture.save(str(path), quality=QUALITY)
    return path


def _darker(colour: str, percent: int = 140) -> str:
    return QColor(colour).darker(percent).name()


def _ellipse(x: float, y: float, width: float, height: float, look: str) -> str:
    return f"<ellipse cx='{x:.1f}' cy='{y:.1f}' rx='{width:.1f}' ry='{height:.1f}' {look}/>"


def _fill(colour: str, opacity: float = 1.0) -> str:
    return f"fill='{colour}' fill-opacity='{opacity}'"


def _line(path: str, colour: str, width: float, opacity: float = 1.0) -> str:
    return (
        f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='{width:.1f}' "
        f"stroke-opacity='{opacity}' stroke-linecap='round'/>"
    )


def _gradients(person: Person) -> str:
    """Skin that lies in the light, and soft shadows and cheeks upon it."""
    shadow, blush = _darker(person.skin, 155), "#d8705c"
    reach = 1.05 * person.height
    stops = ((0.0, QColor(person.skin).lighter(106).name()), (0.6, person.skin), (1.0, shadow))
    light = "".join(f"<stop offset='{at}' stop-color='{colour}'/>" for at, colour in stops)
    soft = "".join(
        f"<radialGradient id='{name}'><stop offset='0' stop-color='{colour}' "
        f"stop-opacity='{opacity}'/><stop offset='1' stop-color='{colour}' stop-opacity='0'/>"
        "</radialGradient>"
        for name, colour, opacity in (("shadow", shadow, 0.75), ("blush", blush, 0.4))
    )
    return (
        f"<defs><radialGradient id='skin' gradientUnits='userSpaceOnUse' cx='{FACE_X - 14}' "
        f"cy='{FACE_Y - 30}' r='{reach}'>{light}</radialGradient>{soft}</defs>"
    )


def _behind(person: Person) -> str:
    """The wall, what falls of the hair, clothes and neck."""
    wide, high = person.width, person.height
    neck = _darker(person.skin, 125)
    shapes = [f"<rect width='{SIDE_PX}' height='{SIDE_PX}' {_fill(person.ground)}/>"]
    if person.hair_length:
        hair = _fill(_darker(person.hair, 125))
        bottom = high * (1.0 + person.hair_length) + 10
        shapes.append(
            f"<rect x='{FACE_X - 1.16 * wide}' y='{FACE_Y - 1.08 * high}' width='{2.32 * wide}' "
            f"height='{bottom}' rx='{1.1 * wide}' {hair}/>"
        )
    shapes += [
        _ellipse(FACE_X, SIDE_PX + 40, 1.75 * wide, 110, _fill(person.clothes)),
        f"<rect x='{FACE_X - 0.42 * wide}' y='{FACE_Y + 0.5 * high}' width='{0.84 * wide}' "
        f"height='{0.85 * high}' rx='40' {_fill(neck)}/>",
    ]
    for side in (-1, 1):
        x = FACE_X + side * 0.97 * wide
        shapes.append(_ellipse(x, FACE_Y + 0.06 * high, 0.13 * wide, 0.19 * high, _fill(neck)))
    return "".join(shapes)


def _head(person: Person) -> str:
    wide, high = person.width, person.height
    shapes = [
        _ellipse(FACE_X, FACE_Y - 0.1 * high, wide, 0.9 * high, _fill("url(#skin)")),
        _ellipse(FACE_X, FACE_Y + 0.24 * high, person.jaw * wide, 0.76 * high, _fill("url(#skin)")),
    ]
    if person.beard:
        shapes.append(
            f"<path d='M{FACE_X - 0.9 * wide} {FACE_Y + 0.2 * high} q{0.12 * wide} {0.85 * high} "
            f"{0.9 * wide} {0.84 * high} q{0.78 * wide} 0 {0.9 * wide} {-0.84 * high} "
            f"q{-0.2 * wide} {0.24 * high} {-0.5 * wide} {0.22 * high} h{-0.8 * wide} "
            f"q{-0.3 * wide} 0 {-0.5 * wide} {-0.22 * high}z' {_fill(person.beard, 0.9)}/>"
        )
    for side in (-1, 1):
        x, y = FACE_X + side * 0.5 * wide, FACE_Y + 0.32 * high
        shapes.append(_ellipse(x, y, 0.3 * wide, 0.2 * high, _fill("url(#blush)")))
    return "".join(shapes)


def _years(person: Person) -> str:
    """Wrinkles: across the forehead, below the eyes, beside nose and mouth."""
    wide, high, ink = person.width, person.height, _darker(person.skin, 165)
    shapes = []
    for line in range(person.years):
        y, reach = FACE_Y - (0.34 + 0.1 * line) * high, (0.5 - 0.05 * line) * wide
        shapes.append(_line(f"M{FACE_X - reach} {y} q{reach} -12 {2 * reach} 0", ink, 2.2, 0.6))
    for side in (-1, 1) if person.years > 1 else ():
        nose = f"M{FACE_X + side * 0.24 * wide} {FACE_Y + 0.34 * high}"
        shapes.append(
            _line(f"{nose} q{side * 0.26 * wide} 12 {side * 0.22 * wide} 52", ink, 3, 0.6)
        )
        x, y = FACE_X + side * 0.42 * wide, FACE_Y + person.eyes * high + 1.1 * person.eye
        shapes.append(_line(f"M{x - 18} {y} q18 14 36 0", ink, 2.4, 0.6))
        for tilt in (-10, 0, 10):
            corner = f"M{x + side * 1.5 * person.eye} {y - person.eye}"
            shapes.append(_line(f"{corner} l{side * 18} {tilt}", ink, 1.8, 0.5))
    return "".join(shapes)


def _eyes(person: Person) -> str:
    wide, eye, y = person.width, person.eye, FACE_Y + person.eyes * person.height
    brow = _darker(person.hair, 115)
    shapes = []
    for side in (-1, 1):
        x = FACE_X + side * 0.42 * wide
        shapes += [
            _ellipse(x, y - 4, 1.9 * eye, 1.4 * eye, _fill("url(#shadow)")),
            _ellipse(x, y, eye, 0.58 * eye, _fill(WHITE)),
            _ellipse(x, y, 0.5 * eye, 0.52 * eye, _fill(person.iris)),
            _ellipse(x, y, 0.25 * eye, 0.25 * eye, _fill("#0e0c0c")),
            _ellipse(x - 0.15 * eye, y - 0.17 * eye, 0.1 * eye, 0.1 * eye, _fill("#ffffff")),
            _line(f"M{x - eye} {y} q{eye} {-1.25 * eye} {2 * eye} 0", INK, 3.0, 0.85),
            _line(f"M{x - 1.3 * eye} {y - eye} q{1.3 * eye} {-0.9 * eye} {2.6 * eye} 0", brow,
                  person.brow),
        ]  # fmt: skip
        if person.has_glasses:
            rim = f"fill='none' stroke='{INK}' stroke-width='4'"
            shapes.append(_ellipse(x, y + 3, 1.75 * eye, 1.5 * eye, rim))
    if person.has_glasses:
        gap = 0.42 * wide - 1.75 * eye
        shapes.append(_line(f"M{FACE_X - gap} {y} q{gap} -8 {2 * gap} 0", INK, 4))
    return "".join(shapes)


def _nose_and_mouth(person: Person) -> str:
    wide, high = person.width, person.height
    nose, mouth = FACE_Y + 0.37 * high, FACE_Y + 0.6 * high
    half, shadow = 0.34 * wide, _fill("url(#shadow)")
    shapes = [_ellipse(FACE_X + 8, nose - 26, 0.14 * wide, 0.22 * high, shadow)]
    for side in (-1, 1):
        shapes.append(_ellipse(FACE_X + side * 0.16 * wide, nose - 4, 15, 15, shadow))
        shapes.append(_ellipse(FACE_X + side * 0.1 * wide, nose + 3, 6, 4, _fill(INK, 0.55)))
    lips = (
        f"<path d='M{FACE_X - half} {mouth} q{0.6 * half} -10 {half} -5 q{0.4 * half} -5 {half} 5 "
        f"q{-half} 34 {-2 * half} 0z' {_fill(person.lips)}/>"
    )
    smile = f"M{FACE_X - half} {mouth} q{half} 14 {2 * half} 0"
    shapes += [lips, _line(smile, _darker(person.lips, 170), 2.4)]
    shapes.append(_ellipse(FACE_X, mouth + 34, 0.24 * wide, 12, shadow))
    return "".join(shapes)


def _hair(person: Person) -> str:
    """A cap above the forehead; what is left at the temples of who is bald."""
    wide, high = person.width, person.height
    if person.is_bald:
        sides = (FACE_X - 0.97 * wide, FACE_X + 0.97 * wide)
        look = _fill(person.hair)
        return "".join(_ellipse(x, FACE_Y - 0.16 * high, 14, 0.26 * high, look) for x in sides)
    out, top = 1.08 * wide, FACE_Y - 1.1 * high
    hairline = FACE_Y - (1.02 - person.forehead) * high
    return (
        f"<path d='M{FACE_X - out} {FACE_Y + 0.1 * high} "
        f"Q{FACE_X - 1.16 * out} {top} {FACE_X} {top} "
        f"Q{FACE_X + 1.16 * out} {top} {FACE_X + out} {FACE_Y + 0.1 * high} "
        f"Q{FACE_X + 0.96 * wide} {hairline} {FACE_X + 0.2 * wide} {hairline} "
        f"Q{FACE_X - 0.9 * wide} {hairline} {FACE_X - out} {FACE_Y + 0.1 * high}z' "
        f"{_fill(person.hair)}/>"
    )
