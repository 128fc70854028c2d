"""Batches to be shown: an album of photos and a video, and drawn people."""

import shutil
from itertools import islice
from pathlib import Path

from drawn_people import PEOPLE, write_portrait
from PIL import Image as Pillow

from core import paths
from core.batch.correction import correct_ages, correct_genders
from core.batch.database import Database
from core.batch.row_query import labelled_photos
from core.sources.video_file import VideoFileSource
from gui.batch.batch_view import BatchView
from gui.window.main_window import MainWindow
from scenes.stage import made_up, wait

FRAMES_PER_PHOTO = 15
ALBUM_SIZE = 20
BROKEN_PHOTOS = ("copy of IMG_0002.jpg", "scan 3.tif")


def show_album(window: MainWindow, page: int) -> BatchView:
    """A batch of the sample clip and pictures from it, labelled once, with one of its pages."""
    view = window.batch.view
    job = view.session.job
    if job is None or job.title != "Album":
        album = make_album(view.reader.database_path.parent, "Album")
        shutil.copy(paths.sample_clip(), album / "film.mp4")
        window.open_paths([album])
        wait(lambda: view.session.job is not None and not view.session.is_active)
    view.show_wanted.emit()
    view.pages.buttons.button(page).click()
    return view


def show_drawn_people(window: MainWindow, page: int) -> BatchView:
    """A batch of drawn people, with one of its pages."""
    view, title = window.batch.view, made_up("Drawn people")
    if view.session.job is None or view.session.job.title != title:
        folder = view.reader.database_path.parent / title
        folder.mkdir(exist_ok=True)
        for person in PEOPLE:
            write_portrait(person, folder)
        window.open_paths([folder])
        wait(lambda: view.session.job is not None and not view.session.is_active)
        assert view.session.job is not None
        _correct_people(view.reader.database_path, view.session.job.id)
    view.show_wanted.emit()
    view.pages.buttons.button(page).click()
    view.pages.refresh()
    return view


def _correct_people(store: Path, job_id: int) -> None:
    """A model that learnt from photos is often wrong about drawings."""
    people = {person.name: person for person in PEOPLE}
    with Database(store) as database:
        for photo in tuple(labelled_photos(database, job_id)):
            person, faces = people[photo.path.stem], [face.id for face in photo.faces]
            correct_ages(database, faces, person.age_years)
            correct_genders(database, faces, person.gender)


def make_album(place: Path, name: str, frames_per_photo: int = FRAMES_PER_PHOTO) -> Path:
    """A folder of photos: frames of the sample clip, the sample photo, and what is none."""
    folder = place / name
    folder.mkdir(exist_ok=True)
    for broken in BROKEN_PHOTOS:
        (folder / made_up(broken)).write_text("no photo")
    Pillow.new("RGB", (640, 480), (126, 158, 186)).save(folder / made_up("sky.jpg"))
    for other in ("film.srt", "notes.txt", "IMG_0004.psd"):
        (folder / other).write_text("no photo")
    shutil.copy(paths.sample_photo(), folder / made_up("group photo.jpg"))
    with VideoFileSource(paths.sample_clip()) as source:
        frames = iter(source.read, None)
        for number, frame in enumerate(islice(frames, 0, None, frames_per_photo), 1):
            Pillow.fromarray(frame.image).save(folder / f"IMG_{number:04}.jpg", quality=92)
    return folder
