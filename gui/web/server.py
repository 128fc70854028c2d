"""Serves the page, to this computer alone unless it is told otherwise."""

import os
import signal
import socket
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from core.commands.command_line import Share
from core.errors import VisageError
from core.estimation.model_folder import find_model
from core.heap import share_arenas
from gui.web.guards import OWN_NAMES, BoundedRequests, OwnPagesAlone, Policy

MAX_UPLOAD = "250mb"

MAX_SESSIONS = 64
"""Gradio keeps what so many pages showed last, faces and all, for an hour after they went."""


def serve(port: int, share: Share, model_name: str | None = None) -> int:
    """Serve until Ctrl+C.

    Args:
        model_name: the model that is chosen at first; the default one if None.

    Raises:
        VisageError: if Gradio is not installed, there is no such model, or the port is taken.
    """
    default = find_model(model_name).card.name
    is_open = share is Share.NETWORK
    address = "0.0.0.0" if is_open else "127.0.0.1"
    _check_free(address, port)
    share_arenas()  # of dozens of threads
    with TemporaryDirectory(prefix="visage-web-") as folder:
        _settle_gradio(Path(folder))
        try:
            import gradio as gr
        except ModuleNotFoundError as error:
            raise VisageError(
                "The page needs Gradio, which is not installed: install the extra `web`."
            ) from error
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware

        from gui.web.live import LiveViews
        from gui.web.page import make_page, translations
        from gui.web.photos import SharedLabeller
        from gui.web.script import SCRIPT
        from gui.web.style import HUE, STYLE
        from gui.web.upload_parser import take_uploads_apart

        take_uploads_apart()
        labeller, views = SharedLabeller(), LiveViews()
        page = make_page(labeller, views, default)
        guards = [
            Middleware(Policy, is_framed=is_open),
            Middleware(TrustedHostMiddleware, allowed_hosts=["*"] if is_open else OWN_NAMES),
            Middleware(BoundedRequests),
        ]
        if not is_open:
            guards.append(Middleware(OwnPagesAlone))
        page.launch(
            server_name=address,
            server_port=port,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            max_file_size=MAX_UPLOAD,
            state_session_capacity=MAX_SESSIONS,
            app_kwargs={"middleware": guards},
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            mcp_server=False,
            pwa=False,
            i18n=translations,
            css=STYLE,
            js=SCRIPT,
            theme=gr.themes.Base(
                primary_hue=HUE,
                secondary_hue=HUE,
                font=["system-ui", "sans-serif"],
                font_mono=["monospace"],
            ),
        )
        print(f"Visage is at http://127.0.0.1:{port} — Ctrl+C ends it.", flush=True)
        if is_open:
            print(
                f"Whoever can reach this computer by its address may use port {port}.", flush=True
            )
        # Asked to end by the system, it leaves nothing behind, as with Ctrl+C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            page.block_thread()
        finally:
            page.close(verbose=False)
            views.close_all()
            labeller.close()
    return 0


def _settle_gradio(folder: Path) -> None:
    """What Gradio and huggingface_hub read when they are imported: they tell nobody anything."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["GRADIO_TEMP_DIR"] = str(folder)


def _check_free(address: str, port: int) -> None:
    """Gradio would say it with a traceback."""
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise VisageError(
                f"Port {port} cannot be used ({error.strerror}). Choose another with --port."
            ) from None
