"""Joins the tabs into one Gradio page; the only file beside the server that knows Gradio."""

import base64
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gradio as gr
import numpy as np
from gradio.data_classes import FileData, ImageData, ListFiles
from numpy.typing import NDArray

from core.errors import PhotoError
from core.estimation.model_folder import find_models
from core.sources.photo import THOROUGH_SIDE_PX, load_photo
from gui.web import photos, texts, videos
from gui.web.live import LiveViews
from gui.web.photos import SharedLabeller
from gui.web.uploads import discard
from gui.web.words import LANGUAGES, NAMED, Words, words_for

MAX_AT_ONCE = 4
KEPT_S = 600
"""How long a finished video is kept for its browser."""

progress_bar = gr.Progress()
"""Gradio puts the bar of each event in its place."""

_KEY = "visage.{}"
"""Gradio has words of its own, such as "video"."""

translations = gr.I18n(
    **{
        language: {_KEY.format(name): words[name] for name in NAMED}
        for language, words in LANGUAGES.items()
    }
)


def translated(name: str) -> Any:
    """A word that the browser shows in its own language."""
    return translations(_KEY.format(name))


def make_page(labeller: SharedLabeller, views: LiveViews, model_name: str) -> gr.Blocks:
    """The page with all its tabs.

    Args:
        labeller: answers photos; stays open.
        views: follow cameras; stay open but for those whose page goes.
        model_name: the model that is chosen at first.
    """
    names = [model.card.name for model in find_models()]
    page = gr.Blocks(analytics_enabled=False, title="Visage", delete_cache=(60, KEPT_S))
    with page:
        gr.Markdown("# Visage")
        gr.Markdown(translated("intro"))
        model = gr.Dropdown(names, value=model_name, label=translated("model"))
        with gr.Tab(translated("photos")):
            _photo_tab(labeller, model)
        with gr.Tab(translated("webcam")):
            _webcam_tab(views, model)
        with gr.Tab(translated("video")):
            _video_tab(model)
        with gr.Tab(translated("models")):
            shown = gr.HTML()
            page.load(_models_text, None, shown, api_visibility="private")
        with gr.Tab(translated("about")):
            about = gr.HTML()
            page.load(_about_text, None, about, api_visibility="private")
        page.unload(_closing(views))
    page.queue(max_size=32)
    return page


def _closing(views: LiveViews) -> Callable[[gr.Request], None]:
    """What lets a page's camera go with it."""

    def close(request: gr.Request) -> None:
        views.close(str(request.session_hash))

    return close


def _models_text(request: gr.Request) -> str:
    return texts.models_text(_words(request))


def _about_text(request: gr.Request) -> str:
    return texts.about_text(_words(request))


def picture_field(**options: Any) -> gr.Image:
    """A field for pictures, which come through Visage's own door.

    Gradio would open whatever Pillow knows, of any size.
    """
    field = gr.Image(type="numpy", **options)
    field.preprocess = _read_picture  # type: ignore[method-assign, assignment]
    return field


Picture = NDArray[np.uint8] | PhotoError | None
"""What comes of a field for pictures: pixels, or the sentence why there are none."""


def _read_picture(payload: ImageData | None) -> Picture:
    """The pixels of what a browser sends.

    An error is given, not raised: here nobody knows the browser's language.
    """
    if payload is None:
        return None
    try:
        with TemporaryDirectory(prefix="visage-") as folder:
            path = Path(payload.path or folder)
            if (payload.url or "").startswith("data:"):
                path = Path(folder, "picture")
                path.write_bytes(base64.b64decode(str(payload.url).partition(",")[2]))
            return load_photo(path, THOROUGH_SIDE_PX).image
    except (PhotoError, ValueError) as error:
        return PhotoError(str(error))
    finally:
        if payload.path is not None:
            discard([Path(payload.path)])


def file_field(**options: Any) -> gr.File:
    """A field for files, which gives their places. Gradio would make an empty file for each."""
    field = gr.File(**options)
    field.preprocess = _places  # type: ignore[method-assign]
    return field


def _places(payload: ListFiles | FileData | None) -> list[str]:
    """Where uploads lie."""
    sent = payload.root if isinstance(payload, ListFiles) else [payload]
    return [file.path for file in sent if file is not None]


def _photo_tab(labeller: SharedLabeller, model: gr.Dropdown) -> None:
    with gr.Row():
        files = file_field(
            label=translated("choose_photos"),
            file_count="multiple",
            elem_id="photos",
            height=140,
            scale=2,
        )
        pasted = picture_field(
            label=translated("paste"), sources=["clipboard"], height=140, scale=1
        )
    is_thorough = gr.Checkbox(label=translated("thorough"))
    answer = gr.HTML(elem_id="photo-answer", elem_classes="answer")

    def label_files(
        paths: list[str], model: str, is_thorough: bool, request: gr.Request
    ) -> tuple[str, None]:
        found = [Path(path) for path in paths]
        return photos.label_files(labeller, found, model, is_thorough, _words(request)), None

    def label_pasted(
        picture: Picture, model: str, is_thorough: bool, request: gr.Request
    ) -> tuple[str, None]:
        if picture is None:
            return "", None
        return photos.label_pixels(labeller, picture, model, is_thorough, _words(request)), None

    files.upload(
        label_files,
        [files, model, is_thorough],
        [answer, files],
        concurrency_limit=1,
        concurrency_id="photos",
        api_visibility="private",
    )
    pasted.input(
        label_pasted,
        [pasted, model, is_thorough],
        [answer, pasted],
        concurrency_limit=1,
        concurrency_id="photos",
        api_visibility="private",
    )


def _webcam_tab(views: LiveViews, model: gr.Dropdown) -> None:
    camera = picture_field(
        label=translated("camera"),
        sources=["webcam"],
        streaming=True,
        height=240,
        elem_id="camera",
    )
    gr.Markdown(translated("camera_hint"), elem_id="camera-hint")
    shown = gr.HTML(elem_id="live-answer", elem_classes="answer")

    def look(picture: Picture, model: str, request: gr.Request) -> str:
        if picture is None:
            return ""
        return views.look(str(request.session_hash), picture, model, _words(request))

    camera.stream(
        look,
        [camera, model],
        shown,
        stream_every=0.05,
        concurrency_limit=MAX_AT_ONCE,
        time_limit=None,
        api_visibility="private",
        show_progress="hidden",
    )


def _video_tab(model: gr.Dropdown) -> None:
    chosen = file_field(label=translated("choose_video"), elem_id="video", height=140)
    shown = gr.Video(label=translated("result"), interactive=False, elem_id="video-shown")
    answer = gr.HTML(elem_id="video-answer", elem_classes="answer")

    def label_video(
        places: list[str], model: str, request: gr.Request, progress: gr.Progress = progress_bar
    ) -> tuple[str | None, str, None]:
        words = _words(request)
        with TemporaryDirectory(prefix="visage-") as folder:
            target = Path(folder) / "faces.webm"
            told = videos.label_video(
                Path(places[0]),
                model,
                target,
                words,
                lambda share: progress(share, desc=words["looking"]),
            )
            video = _kept(target, shown) if target.is_file() else None
        return video, told, None

    chosen.upload(
        label_video,
        [chosen, model],
        [shown, answer, chosen],
        concurrency_limit=1,
        api_visibility="private",
    )


def _kept(video: Path, component: gr.Video) -> str:
    """Where Gradio keeps a file for its browser, until it is deleted with the others."""
    folder = Path(component.GRADIO_CACHE) / video.parent.name
    folder.mkdir(parents=True)
    return str(video.rename(folder / video.name))


def _words(request: gr.Request) -> Words:
    return words_for(request.headers.get("accept-language"))
