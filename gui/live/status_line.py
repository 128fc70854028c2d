"""The last line of the window: how fast it goes, and what really runs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui.language.translation import said
from gui.language.words import counted, whole
from gui.live.live_request import LiveInfo


class StatusLine(QFrame):
    """Frames per second, latency and dropped frames; engine, device and model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.speed_label = QLabel()
        self.engine_label = QLabel()
        self.engine_label.setAlignment(Qt.AlignmentFlag.AlignRight)
        for label in (self.speed_label, self.engine_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(16)
        row.addWidget(self.speed_label)
        row.addWidget(self.engine_label, 1)

    def show_engine(self, info: LiveInfo) -> None:
        """Name what really runs, which may be other than what was chosen."""
        self.engine_label.setText(f"{info.model_title}  ·  {info.engine}  ·  {info.device}")

    def show_speed(self, frames_per_second: float, process_ms: float, dropped_count: int) -> None:
        """Say how a stream runs."""
        parts = (
            counted.frames_per_second(frames_per_second),
            self.tr("{time} ms per frame").format(time=whole(process_ms)),
            self.tr("%Ln dropped", "", dropped_count),
        )
        self.speed_label.setText("  ·  ".join(parts))

    def show_photo(self, face_count: int, process_ms: float, note: str | None = None) -> None:
        """Say what came of a photo.

        Args:
            note: why faces may be there that could not be seen.
        """
        faces = counted.faces(face_count) if face_count else self.tr("No face found")
        parts = [faces, f"{whole(process_ms)} ms", *([said(note)] if note else [])]
        self.speed_label.setText("  ·  ".join(parts))

    def clear(self) -> None:
        """Nothing runs."""
        self.speed_label.clear()
        self.engine_label.clear()
