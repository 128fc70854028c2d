"""How what browsers send comes into files. Knows Gradio."""

import secrets
from pathlib import Path

from gradio import route_utils
from gradio_client.utils import strip_invalid_filename_characters
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException


class _UploadParser(route_utils.GradioMultiPartParser):
    """Reads an upload into files. Gradio's own leaves behind what a browser breaks off.

    And it puts what two browsers send into one file if it is the same and has one name, so that it
    is gone for the second once the first was answered. And it holds in memory what is no file.
    """

    def on_headers_finished(self) -> None:
        super().on_headers_finished()
        part = self._current_part
        file = part.file
        if part.field_name != "files" or not isinstance(file, route_utils.GradioUploadFile):
            raise MultiPartException("An upload holds files alone.")
        file.filename = _kept_name(file.filename or "")
        file.sha.update(secrets.token_bytes(16))  # names the folder that it gets

    async def parse(self) -> FormData:
        try:
            form = await super().parse()
        except MultiPartException:
            raise
        except Exception as error:  # the browser went away, or the disk is full
            self._remove_all_but(set())
            raise MultiPartException("The upload broke off.") from error
        whole = [value.file for _, value in self.items if not isinstance(value, str)]
        self._remove_all_but({file.name for file in whole})
        return form

    def _remove_all_but(self, kept: set[str | None]) -> None:
        """Remove what was begun, but for files by name."""
        for file in self._files_to_close_on_error:
            if file.name not in kept:
                file.close()
                Path(file.name).unlink(missing_ok=True)


def _kept_name(name: str) -> str:
    """The name under which an upload is kept: Gradio refuses to read one that begins with a dot."""
    plain = strip_invalid_filename_characters(Path(name).name)
    if not plain.strip("."):
        raise MultiPartException("A file has a name.")
    return f"_{plain}" if plain.startswith(".") else plain


def take_uploads_apart() -> None:
    """Let Gradio read uploads this way."""
    route_utils.GradioMultiPartParser = _UploadParser  # type: ignore[misc]
