"""What Visage remembers of the user's choices."""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from core import paths
from core.label_contents import LabelContents
from core.paths import APP_NAME
from core.settings import (
    GREATEST_FACE_PX,
    LEAST_FACE_PX,
    SYSTEM_LANGUAGE,
    CameraResolution,
    DetectionRange,
    EngineChoice,
    Settings,
)
from gui.choices.look import Look
from gui.theme import ColourScheme

Choice = TypeVar("Choice", bound=StrEnum)
_MIRRORED_KINDS = ("camera",)
MAX_RECENT = 4


class Preferences:
    """Reads and writes the settings file; a value that makes no sense counts as not set.

    Args:
        engine: what runs the model until the user chooses another, whatever the file says.
        model: the name of the model until the user chooses another, whatever the file says.
        language: what the window speaks until the user chooses another, whatever the file says.
    """

    def __init__(
        self,
        engine: EngineChoice | None = None,
        model: str | None = None,
        language: str | None = None,
    ) -> None:
        self._engine = engine
        self._model = model
        self._language = language
        scope = QSettings.Scope.UserScope
        self._store = QSettings(QSettings.Format.IniFormat, scope, APP_NAME, APP_NAME)

    @property
    def settings(self) -> Settings:
        """The part that core asks for."""
        return Settings(
            engine=self._engine or self._choice("engine", EngineChoice.AUTO),
            detection_range=self._choice("detection_range", DetectionRange.AUTO),
            camera_resolution=self._choice("camera_resolution", CameraResolution.HD),
            is_thorough=self._is_on("thorough", default=False),
            min_face_px=self._min_face_px(),
        )

    @settings.setter
    def settings(self, settings: Settings) -> None:
        if settings.engine is not self._engine:
            self._engine = None
            self._store.setValue("engine", settings.engine.value)
        self._store.setValue("detection_range", settings.detection_range.value)
        self._store.setValue("camera_resolution", settings.camera_resolution.value)
        self._store.setValue("thorough", settings.is_thorough)
        self._store.setValue("min_face_px", settings.min_face_px)

    @property
    def look(self) -> Look:
        """How the window looks."""
        return Look(
            self._choice("colour_scheme", ColourScheme.SYSTEM),
            LabelContents(
                has_age=self._is_on("label/age", default=True),
                has_range=self._is_on("label/range", default=True),
                has_gender=self._is_on("label/gender", default=True),
            ),
            self._language or self._known_language(),
        )

    @look.setter
    def look(self, look: Look) -> None:
        self._store.setValue("colour_scheme", look.colour_scheme.value)
        self._store.setValue("label/age", look.label_contents.has_age)
        self._store.setValue("label/range", look.label_contents.has_range)
        self._store.setValue("label/gender", look.label_contents.has_gender)
        if look.language != self._language:
            self._language = None
            self._store.setValue("language", look.language)

    @property
    def model(self) -> str | None:
        """The chosen model's name; None for the default."""
        return self._model or self._text("model") or None

    @model.setter
    def model(self, name: str | None) -> None:
        self._model = None
        self._store.setValue("model", name or "")

    @property
    def is_blurred(self) -> bool:
        return self._is_on("blur", default=False)

    @is_blurred.setter
    def is_blurred(self, is_blurred: bool) -> None:
        self._store.setValue("blur", is_blurred)

    @property
    def folder(self) -> Path:
        """Where the user opened or saved something last."""
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        return Path(self._text("folder") or QStandardPaths.writableLocation(pictures))

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))

    @property
    def recent(self) -> tuple[str, ...]:
        """The photos and videos that were opened last, the newest first."""
        value = self._store.value("recent", [])
        words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(word for word in words if isinstance(word, str) and word)[:MAX_RECENT]

    def note_recent(self, path: Path) -> None:
        """Remember that a photo or a video was opened."""
        word = str(path.absolute())
        others = [other for other in self.recent if other != word]
        self._store.setValue("recent", [word, *others][:MAX_RECENT])

    def forget_recent(self) -> None:
        """Remember none of them."""
        self._store.remove("recent")

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window; empty at first."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    def is_mirrored(self, kind: str) -> bool:
        """Whether pictures of a kind of source are flipped: a camera's are, as in a mirror."""
        return self._is_on(f"mirror/{kind}", default=kind in _MIRRORED_KINDS)

    def set_mirrored(self, kind: str, is_mirrored: bool) -> None:
        self._store.setValue(f"mirror/{kind}", is_mirrored)

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return str(value) if isinstance(value, str | int) else ""

    def _known_language(self) -> str:
        language = self._text("language")
        return language if language in paths.languages() else SYSTEM_LANGUAGE

    def _min_face_px(self) -> int:
        try:
            value = int(self._text("min_face_px"))
        except ValueError:
            return Settings().min_face_px
        return min(max(value, LEAST_FACE_PX), GREATEST_FACE_PX)

    def _is_on(self, key: str, *, default: bool) -> bool:
        return str(self._store.value(key, default)).lower() == "true"

    def _choice(self, key: str, default: Choice) -> Choice:
        try:
            return type(default)(self._text(key))
        except ValueError:
            return default
