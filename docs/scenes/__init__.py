"""Every page and dialog of the window, ready to be looked at, in an order that takes few steps."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gui.window.main_window import MainWindow
from scenes import batch, batch_dialogs, dialogs, learning, live

SCENES: dict[str, Callable[[MainWindow], QWidget]] = {
    "empty": live.show_empty,
    "live": live.show_live,
    "photo": live.show_photo,
    "near": live.show_near,
    "error": live.show_error,
    "message": live.show_message,
    "model-card": dialogs.show_model_card,
    "settings": dialogs.show_settings,
    "guide": dialogs.show_guide,
    "keys": dialogs.show_keys,
    "about": dialogs.show_about,
    "get-a-model": dialogs.show_get_a_model,
    "crash": dialogs.show_crash,
    "recording": live.show_recording,
    "recorded": live.show_recorded,
    "people": dialogs.show_who_was_seen,
    "comparison": dialogs.show_comparison,
    "both": dialogs.show_both,
    "batch-scan": batch.show_scan,
    "batch-running": batch.show_running,
    "batch-table": batch.show_table,
    "batch-several": batch.show_several,
    "batch-video": batch.show_person_of_video,
    "batch-box": batch.show_box,
    "batch-errors": batch.show_errors,
    "batch-empty": batch.show_no_rows,
    "batch-skipped": batch_dialogs.show_skipped,
    "batch-jobs": batch_dialogs.show_jobs,
    "batch-faces": batch.show_faces,
    "batch-export": batch_dialogs.show_export,
    "batch-exported": batch_dialogs.show_exported,
    "batch-learning": learning.show_learning,
    "batch-learning-running": learning.show_learning_running,
    "batch-learning-better": learning.show_learning_better,
    "batch-learning-not-better": learning.show_learning_not_better,
    "batch-model-question": batch_dialogs.show_model_question,
    "batch-compared": batch.show_compared,
    "batch-people": batch.show_people,
    "batch-statistics": batch.show_statistics,
}
"""By the names of their pictures."""
