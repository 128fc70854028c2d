"""Everything that a user can do, each with its words, keys and icon."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.icons import Icons


class Actions(QObject):
    """The window's actions; menus, buttons and keys all trigger these."""

    def __init__(self, window: QWidget, icons: Icons) -> None:
        super().__init__(window)
        self._window = window
        self._icons = icons
        make = self._make
        self.open_files = make(self.tr("&Open photo or video…"), "photo", "Ctrl+O")
        self.open_folder = make(self.tr("Open &folder of photos…"), "folder", "Ctrl+Shift+O")
        self.earlier_batches = make(self.tr("Earlier &batches…"), "clock", "Ctrl+J")
        self.show_batch = make(self.tr("&Return to the batch"), "folder", "Ctrl+B")
        self.open_sample = make(self.tr("Play the &sample"), "sample", "Ctrl+E")
        self.save_picture = make(self.tr("Sa&ve picture…"), "save", "Ctrl+S")
        self.copy_picture = make(self.tr("&Copy picture"), "copy", "Ctrl+C")
        self.record = make(self.tr("&Record…"), "record", "Ctrl+R")
        self.quit = make(self.tr("&Quit"), None, "Ctrl+Q")
        self.pause = make(self.tr("&Pause"), "pause", "Space")
        self.stop = make(self.tr("&Stop"), "stop", "Esc")
        self.previous = make(self.tr("Pre&vious photo"), "previous", "Left")
        self.next = make(self.tr("&Next photo"), "next", "Right")
        self.step_back = make(self.tr("One frame ba&ck"), None, ",")
        self.step_forward = make(self.tr("One frame for&ward"), None, ".")
        self.slower = make(self.tr("&Slower"), None, "[")
        self.faster = make(self.tr("F&aster"), None, "]")
        self.loop = make(self.tr("&Loop"), "loop", "Ctrl+L", is_checkable=True)
        self.look_harder = make(self.tr("Look &harder for faces"), "search", "L")
        self.mirror = make(self.tr("&Mirror"), "mirror", "M", is_checkable=True)
        self.blur = make(self.tr("&Blur faces"), "blur", "B", is_checkable=True)
        self.zoom_in = make(self.tr("Zoom &in"), "zoom_in", "+", "Ctrl++", "Ctrl+=")
        self.zoom_out = make(self.tr("Zoom &out"), "zoom_out", "-", "Ctrl+-")
        self.zoom_fit = make(self.tr("&Whole picture"), None, "0", "Ctrl+0")
        self.full_screen = make(self.tr("&Full screen"), "full_screen", "F11", is_checkable=True)
        self.settings = make(self.tr("&Settings…"), "settings", "Ctrl+,")
        self.model_card = make(self.tr("About this &model…"), "info", "Ctrl+I")
        self.compare = make(self.tr("&Compare two models…"), "compare", "Ctrl+M")
        self.guide = make(self.tr("&User guide"), None)
        self.keys = make(self.tr("&Keys"), "keys", "F1")
        self.about = make(self.tr("&About Visage"), None)
        self.open_log = make(self.tr("Open the &log folder"), None)

    @property
    def of_videos(self) -> tuple[QAction, ...]:
        """What can be done with a video alone."""
        return self.step_back, self.step_forward, self.slower, self.faster

    @property
    def by_place(self) -> dict[str, tuple[QAction, ...]]:
        """The actions that have keys, under the headings of a list of keys."""
        return {
            self.tr("Open"): (
                self.open_files,
                self.open_folder,
                self.open_sample,
                self.earlier_batches,
            ),
            self.tr("Picture"): (
                self.pause,
                self.previous,
                self.next,
                self.step_back,
                self.step_forward,
                self.slower,
                self.faster,
                self.loop,
                self.look_harder,
                self.zoom_in,
                self.zoom_out,
                self.zoom_fit,
                self.mirror,
                self.blur,
                self.record,
                self.save_picture,
                self.copy_picture,
                self.stop,
            ),
            self.tr("Window"): (
                self.full_screen,
                self.show_batch,
                self.settings,
                self.model_card,
                self.compare,
                self.keys,
                self.quit,
            ),
        }

    def set_paused(self, is_paused: bool, has_ended: bool) -> None:
        """Let the pause action say what it would do."""
        text, icon = self.tr("&Pause"), "pause"
        if has_ended:
            text, icon = self.tr("Play a&gain"), "replay"
        elif is_paused:
            text, icon = self.tr("Go &on"), "play"
        self._rename(self.pause, text)
        self._icons.put(icon, self.pause)

    def set_recording(self, is_recording: bool) -> None:
        """Let the record action say what it would do."""
        self._rename(
            self.record, self.tr("End &recording") if is_recording else self.tr("&Record…")
        )
        self._icons.put("record", self.record, "trouble_text" if is_recording else "text")

    def suit(self, *, has_photos: bool) -> None:
        """Let the words fit photos, or a stream: arrows mean photos or a few seconds."""
        self._rename(
            self.previous, self.tr("Pre&vious photo") if has_photos else self.tr("&Back 5 seconds")
        )
        self._rename(
            self.next, self.tr("&Next photo") if has_photos else self.tr("&Forward 5 seconds")
        )
        self._rename(self.stop, self.tr("C&lose photo") if has_photos else self.tr("&Stop"))
        self._icons.put("close" if has_photos else "stop", self.stop)

    def _make(self, text: str, icon: str | None, *keys: str, is_checkable: bool = False) -> QAction:
        action = QAction(self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self._rename(action, text)
        action.setCheckable(is_checkable)
        if icon is not None:
            self._icons.put(icon, action)
        self._window.addAction(action)
        return action

    def _rename(self, action: QAction, text: str) -> None:
        plain = text.replace("&", "").removesuffix("…")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(text)
        action.setToolTip(f"{plain} ({keys})" if keys else plain)
