# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = ["visage"]
# [tool.uv]
# constraint-dependencies = [
#     "anyio==4.16.0",
#     "click==8.5.1",
#     "colorama==0.4.6",
#     "cv2-enumerate-cameras==1.4.0",
#     "filelock==4.3.1",
#     "flatbuffers==25.12.19",
#     "fsspec==2026.9.0",
#     "h11==0.16.0",
#     "hf-xet==1.8.0; platform_machine == 'AMD64' or platform_machine == 'ARM64' or platform_machine == 'aarch64' or platform_machine == 'amd64' or platform_machine == 'arm64' or platform_machine == 'x86_64'",
#     "httpcore2==2.16.2; sys_platform != 'emscripten'",
#     "httpx2==2.16.2",
#     "httpx2-jsfetch==1.0; python_full_version >= '3.12' and sys_platform == 'emscripten'",
#     "huggingface-hub==2.4.0",
#     "idna==3.20",
#     "numpy==2.4.6; python_full_version < '3.12'",
#     "numpy==2.5.5; python_full_version >= '3.12'",
#     "onnxruntime==1.32.0",
#     "opencv-python-headless==4.14.0.94",
#     "packaging==26.4",
#     "pi-heif==1.4.0",
#     "pillow==12.3.0",
#     "platformdirs==4.14.8",
#     "protobuf==7.36.2",
#     "pyobjc-core==13.0; sys_platform == 'darwin'",
#     "pyobjc-framework-avfoundation==12.2.2; sys_platform == 'darwin'",
#     "pyobjc-framework-cocoa==13.0; sys_platform == 'darwin'",
#     "pyobjc-framework-coreaudio==12.2.2; sys_platform == 'darwin'",
#     "pyobjc-framework-coremedia==12.2.2; sys_platform == 'darwin'",
#     "pyobjc-framework-quartz==13.0; sys_platform == 'darwin'",
#     "pyside6-essentials==6.11.3",
#     "pyyaml==6.0.4",
#     "shiboken6==6.11.3",
#     "tqdm==4.70.1",
#     "truststore==0.10.5; sys_platform != 'emscripten'",
#     "typing-extensions==4.16.0",
#     "xlsxwriter==3.3.1",
# ]
# [tool.uv.sources]
# visage = { path = ".", editable = true }
# ///
"""The one entry: without a command it opens the window. See `main.py --help`."""

import logging
import sys
from argparse import Namespace
from collections.abc import Sequence

from core.commands.command_line import parse_arguments, run_command
from core.commands.control_c import INTERRUPTED, control_c_ends_at_once
from core.commands.native_stderr import native_stderr_hidden
from core.commands.standard_streams import (
    drop_output,
    fill_missing_streams,
    keep_terminal_plain,
)
from core.errors import VisageError
from core.text import one_line

FAILED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window or a command.

    Returns:
        The exit code; 2 if nothing could be done.
    """
    fill_missing_streams()
    arguments = parse_arguments(argv)
    try:
        with native_stderr_hidden():
            log_to_terminal()
            if arguments.command is None:
                return open_window(arguments)
            if arguments.command == "web":
                return serve_page(arguments)
            return run_command(arguments)
    except VisageError as error:
        print(one_line(str(error)), file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever read our output has seen enough, as in `main.py label … | head`.
        drop_output()
        return FAILED
    except KeyboardInterrupt as stop:
        print(str(stop) or "Stopped.", file=sys.stderr)
        return INTERRUPTED


def open_window(arguments: Namespace) -> int:
    """Show the window until it is closed."""
    from core.estimation.model_folder import find_model
    from gui import app

    if arguments.model is not None:
        find_model(arguments.model)  # a wrong name is told here, before a window opens
    return app.run(
        arguments.paths, arguments.source, arguments.model, arguments.engine, arguments.language
    )


def serve_page(arguments: Namespace) -> int:
    """Serve the page for a browser until Ctrl+C."""
    with control_c_ends_at_once():
        from gui.web import server

    return server.serve(arguments.port, arguments.share, arguments.model)


def log_to_terminal() -> None:
    """Show warnings on standard error; the window adds a log file that tells more."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    logging.basicConfig(format="%(message)s", handlers=[handler])


if __name__ == "__main__":
    keep_terminal_plain()
    sys.exit(main())
