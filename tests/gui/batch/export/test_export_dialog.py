"""The export dialog over real photos and a real store."""

import codecs
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core import annotator
from core.batch.export.export_task import ExportFormat
from core.batch.export.sorted_copies import SortKey
from core.batch.export.xmp.sidecar_name import SidecarName
from core.batch.record import Job
from core.batch.row_filter import EVERY_ROW, RowFilter
from core.batch.store import BatchStore
from core.face_label import label_text
from core.types import Face, Gender
from gui import file_dialogs
from gui.batch.export import export_run
from gui.batch.export.export_dialog import ExportDialog
from gui.batch.export.export_form import ExportForm
from gui.language.catalogue import ENGLISH
from gui.language.translation import speak
from gui.preferences import Preferences
from gui.theme import Theme
from gui.window import screen_fit
from tests.core.batch.builders import RECIPE, make_run, write_photo

FEMALE = RowFilter(genders=frozenset({Gender.FEMALE}))
MakeDialog = Callable[..., ExportDialog]


@pytest.fixture
def album(store: BatchStore, tmp_path: Path) -> Job:
    """Two boys and a woman."""
    write_photo(tmp_path / "album" / "a.png", (8, 20, 0), (320, 240))
    write_photo(tmp_path / "album" / "b.png", (12, 20, 0), (320, 240))
    write_photo(tmp_path / "album" / "c.png", (44, 0, 255), (320, 240))
    job = store.create_job("job", [tmp_path / "album"], RECIPE)
    list(make_run(store, job).run())
    return job


@pytest.fixture
def make_dialog(store: BatchStore, album: Job, theme: Theme, qtbot: QtBot) -> Iterator[MakeDialog]:
    dialogs: list[ExportDialog] = []

    def make(row_filter: RowFilter = EVERY_ROW) -> ExportDialog:
        dialog = ExportDialog(store.database.path, album, row_filter, None)
        dialogs.append(dialog)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(dialog.export_button.isEnabled)
        return dialog

    yield make
    for dialog in dialogs:
        dialog.join()


def export(dialog: ExportDialog, qtbot: QtBot) -> str:
    """Press the button and wait; what is said at the end."""
    dialog.export_button.click()
    qtbot.waitUntil(dialog.export_button.isEnabled)
    return dialog.outcome.sentence.text()


def names_below(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_it_counts_what_there_is_and_what_the_filter_shows(make_dialog: MakeDialog) -> None:
    dialog = make_dialog(FEMALE)
    assert dialog.form.all_button.text() == "&All: 3 photos, 3 faces"
    assert dialog.form.shown_button.text() == "&Only what the filter shows: 1 photo, 1 face"
    assert dialog.form.shown_button.isChecked()


@pytest.mark.parametrize("height_px", [420, 501, 1000])
def test_what_became_of_an_export_is_seen_on_a_screen_of_any_height(
    make_dialog: MakeDialog,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    height_px: int,
) -> None:
    screen = QRect(0, 0, 853, height_px)
    monkeypatch.setattr(screen_fit, "room_of", lambda _: screen)
    dialog = make_dialog()
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    (tmp_path / "album" / "a.png").unlink()
    dialog.form.set_target(tmp_path / "copies")
    export(dialog, qtbot)
    assert dialog.outcome.failures.isVisible()
    assert dialog.height() <= height_px
    outcome = dialog.outcome
    qtbot.waitUntil(lambda: outcome.visibleRegion().boundingRect() == outcome.rect())
    assert dialog.export_button.visibleRegion().boundingRect() == dialog.export_button.rect()


def test_without_a_filter_there_is_only_everything(make_dialog: MakeDialog) -> None:
    dialog = make_dialog()
    assert dialog.form.all_button.isChecked()
    assert not dialog.form.shown_button.isEnabled()


@pytest.mark.parametrize(("picks_all", "row_count"), [(True, 3), (False, 1)])
def test_a_table_holds_what_was_chosen(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, picks_all: bool, row_count: int
) -> None:
    dialog = make_dialog(FEMALE)
    (dialog.form.all_button if picks_all else dialog.form.shown_button).click()
    dialog.form.set_target(tmp_path / "out.csv")
    assert export(dialog, qtbot) == f"{tmp_path / 'out.csv'} was written."
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + row_count


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_every_format_is_written_and_originals_stay(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, kind: ExportFormat
) -> None:
    before = {path: path.read_bytes() for path in (tmp_path / "album").iterdir()}
    dialog = make_dialog()
    dialog.form.format_buttons[kind].click()
    dialog.form.set_target(
        tmp_path / "out" if "." not in dialog.form.target.name else tmp_path / "out.x"
    )
    said = export(dialog, qtbot)
    assert "written" in said
    assert "Nothing" not in said
    assert {path: path.read_bytes() for path in before} == before
    made = [name for name in names_below(tmp_path) if name.endswith(("x", "jpg", "xmp"))]
    assert made or len(names_below(tmp_path / "out")) == 3


def test_photos_are_sorted_by_gender_when_that_is_chosen(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog()
    dialog.form.format_buttons[ExportFormat.SORTED_COPIES].click()
    dialog.form.sort_buttons[SortKey.GENDER].click()
    dialog.form.set_target(tmp_path / "out")
    assert export(dialog, qtbot) == f"3 copies were written to {tmp_path / 'out'}."
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"female", "male"}


def test_blurring_is_part_of_the_task(make_dialog: MakeDialog) -> None:
    dialog = make_dialog()
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    assert not dialog.form.task.hides_faces
    dialog.form.blur_box.click()
    assert dialog.form.task.hides_faces


def test_a_photo_that_is_gone_is_listed_and_the_others_are_written(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog()
    (tmp_path / "album" / "b.png").unlink()
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    dialog.form.set_target(tmp_path / "out")
    assert export(dialog, qtbot) == f"2 copies were written to {tmp_path / 'out'}."
    assert dialog.outcome.failures_label.text() == "1 file was left out:"
    assert "b.png does not exist" in dialog.outcome.failures.toPlainText()


def test_copies_that_are_there_already_are_counted(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog()
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    place = tmp_path / "out"

    def said() -> str:
        dialog.form.set_target(place)
        return export(dialog, qtbot)

    assert said() == f"3 copies were written to {place}."
    assert said() == "Nothing was written. 3 copies were there already."
    (place / "a.jpg").unlink()
    (place / "b.jpg").unlink()
    assert said() == f"2 copies were written to {place}. 1 copy was there already."


def test_photos_whose_place_cannot_be_looked_at_can_be_chosen(
    store: BatchStore, tmp_path: Path, theme: Theme, qtbot: QtBot
) -> None:
    job = store.create_job("job", [tmp_path / ("x" * 300)], RECIPE)
    form = ExportForm(job, EVERY_ROW, tmp_path)
    qtbot.addWidget(form)
    form.format_buttons[ExportFormat.XMP_SIDECARS].click()
    assert form.target == tmp_path


def test_a_folder_that_cannot_be_written_is_a_sentence(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog()
    dialog.form.set_target(tmp_path / "missing" / "out.csv")
    assert "could not be written (there is no such folder)" in export(dialog, qtbot)
    assert not dialog.outcome.folder_button.isVisible()


def test_annotated_copies_are_written_in_the_language_of_the_window(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def note(face: Face, word: Callable[[str], str]) -> str:
        written.append(word("female"))
        return label_text(face, word)

    monkeypatch.setattr(annotator, "both_label_text", note)
    speak("fr")
    try:
        dialog = make_dialog()
        assert dialog.form.target.name == "visages.csv"
        dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
        dialog.form.set_target(tmp_path / "out")
        export(dialog, qtbot)
    finally:
        speak(ENGLISH)
    assert set(written) == {"féminin"}


def test_a_disk_that_fills_up_is_a_sentence_and_what_was_done_stays(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, calls = os.fsync, count(1)

    def fill_up(handle: int) -> None:
        if next(calls) > 2:
            raise OSError(28, os.strerror(28))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fill_up)
    dialog = make_dialog()
    dialog.form.format_buttons[ExportFormat.ANNOTATED_COPIES].click()
    dialog.form.set_target(tmp_path / "out")
    said = export(dialog, qtbot)
    assert "No space left" in said
    assert said.endswith("2 copies were written before; what was written stays.")
    assert len(names_below(tmp_path / "out")) == 2


def test_stopping_keeps_what_is_done_and_the_dialog_open(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_at_work, go_on = Event(), Event()
    flush = os.fsync

    def wait(handle: int) -> None:
        is_at_work.set()
        assert go_on.wait(10)
        flush(handle)

    monkeypatch.setattr(os, "fsync", wait)
    dialog = make_dialog()
    dialog.form.format_buttons[ExportFormat.SORTED_COPIES].click()
    dialog.form.set_target(tmp_path / "out")
    dialog.export_button.click()
    qtbot.waitUntil(is_at_work.is_set)
    assert dialog.close_button.text() == "Stop"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    go_on.set()
    qtbot.waitUntil(dialog.export_button.isEnabled)
    assert dialog.isVisible()
    assert dialog.outcome.sentence.text() == f"Stopped. 1 copy was written to {tmp_path / 'out'}."
    assert len(names_below(tmp_path / "out")) == 1
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_progress_goes_from_nothing_to_every_photo(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_run, "TELL_EVERY_S", 0.0)
    dialog = make_dialog()
    values: list[int] = []
    dialog.progress_bar.valueChanged.connect(values.append)
    dialog.form.format_buttons[ExportFormat.TRAINING_CHIPS].click()
    dialog.form.set_target(tmp_path / "out")
    export(dialog, qtbot)
    assert values[-3:] == [1, 2, 3]
    assert dialog.progress_bar.maximum() == 3


def test_what_is_proposed_replaces_nothing_and_the_folder_is_remembered(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = make_dialog()
    monkeypatch.setattr(file_dialogs, "ask_target", lambda *_: tmp_path / "faces.csv")
    dialog.form.choose_button.click()
    export(dialog, qtbot)
    assert Preferences().folder == tmp_path
    assert dialog.form.target == tmp_path / "faces (2).csv"
    assert make_dialog().form.target == tmp_path / "faces (2).csv"


def test_the_folder_is_opened_on_demand(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = make_dialog()
    dialog.form.set_target(tmp_path / "out.csv")
    export(dialog, qtbot)
    dialog.outcome.folder_button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_sidecars_need_no_target(make_dialog: MakeDialog) -> None:
    dialog = make_dialog()
    dialog.form.format_buttons[ExportFormat.XMP_SIDECARS].click()
    assert dialog.form.target_label.text() == "Beside each photo."
    assert not dialog.form.choose_button.isVisible()


def test_the_name_of_sidecars_can_be_chosen(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog()
    box = dialog.form.sidecar_box
    assert not box.isVisible()
    dialog.form.format_buttons[ExportFormat.XMP_SIDECARS].click()
    assert box.isVisible()
    assert dialog.form.task.sidecar_name is SidecarName.AUTO
    box.setCurrentIndex(box.findData(SidecarName.SHORT))
    export(dialog, qtbot)
    names = names_below(tmp_path)
    assert "a.xmp" in names
    assert "a.png.xmp" not in names


def test_a_store_that_cannot_be_read_is_a_sentence(
    album: Job, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "broken.sqlite").write_text("no database, but long enough to be looked at")
    dialog = ExportDialog(tmp_path / "broken.sqlite", album, EVERY_ROW, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.outcome.isVisible)
    assert "are damaged" in dialog.outcome.sentence.text()
    assert not dialog.export_button.isEnabled()
    dialog.join()


@pytest.mark.parametrize("is_for_excel", [True, False])
def test_a_table_opens_in_excel_with_its_accents_unless_that_is_not_wanted(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path, is_for_excel: bool
) -> None:
    dialog = make_dialog()
    assert dialog.form.excel_box.isVisible()
    assert dialog.form.excel_box.isChecked()
    dialog.form.excel_box.setChecked(is_for_excel)
    dialog.form.set_target(tmp_path / "out.csv")
    export(dialog, qtbot)
    begins = (tmp_path / "out.csv").read_bytes().startswith(codecs.BOM_UTF8)
    assert begins is is_for_excel


def test_what_was_said_of_an_export_goes_with_the_next_choice(
    make_dialog: MakeDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = make_dialog()
    dialog.form.set_target(tmp_path / "out.csv")
    export(dialog, qtbot)
    assert dialog.outcome.isVisible()
    dialog.form.format_buttons[ExportFormat.WORKBOOK].click()
    assert not dialog.outcome.isVisible()
