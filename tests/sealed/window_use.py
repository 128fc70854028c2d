"""Uses the real window for a while, as `main.py` opens it: `window_use.py SECONDS WORD...`.

Every word is one of main.py's own. Ends well once faces were estimated and the time is over.
"""

import sys
import time
from unittest.mock import patch

from PySide6.QtCore import QTimer

import main
from gui.batch.jobs.batch_session import BatchState
from gui.start import window_keeper
from gui.window.main_window import MainWindow

PATIENCE_S = 120.0
NOTHING_SEEN = 3


class UsedWindow(MainWindow):
    """Closes itself, and counts the faces that it showed."""

    seconds = 0.0
    most_faces = 0

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._opened_s = time.monotonic()
        self._looking = QTimer(self, interval=100)
        self._looking.timeout.connect(self._look)
        self.painted_first.connect(self._looking.start)

    def _look(self) -> None:
        UsedWindow.most_faces = max(self.most_faces, self._live_faces(), self._batch_faces())
        open_s = time.monotonic() - self._opened_s
        if (self.most_faces and open_s > self.seconds) or open_s > PATIENCE_S:
            self._looking.stop()
            self.close()

    def _live_faces(self) -> int:
        shown = self.live_view.shown
        faces = shown.result.faces if shown and shown.result else ()
        return sum(face.estimate is not None for face in faces)

    def _batch_faces(self) -> int:
        """The rows of a batch, once it is done."""
        if not self.batch.is_open:
            return 0
        view = self.batch.view
        is_done = view.session.state is BatchState.RESTING and view.header.is_whole
        return view.table.rows.rowCount() if is_done else 0


if __name__ == "__main__":
    UsedWindow.seconds = float(sys.argv[1])
    with patch.object(window_keeper, "MainWindow", UsedWindow):
        status = main.main(sys.argv[2:])
    print(f"{UsedWindow.most_faces} faces")
    sys.exit(status or (0 if UsedWindow.most_faces else NOTHING_SEEN))
