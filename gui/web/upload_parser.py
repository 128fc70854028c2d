"""How what browsers send comes into files. Knows Gradio."""

import secrets
from pathlib import Path

from gradio import route_utils
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect


class _UploadParser(route_utils.GradioMultiPartParser):
    """Reads an upload into files. Gradio's own leaves behind what a browser breaks off.

    And it puts what two browsers send into one file if it is the same and has one name, so that it
    is gone for the second once the first was answered.
    """

    def on_headers_finished(self) -> None:
        super().on_headers_finished()
        file = self._current_part.file
        if isinstance(file, route_utils.GradioUploadFile):
            file.sha.update(secrets.token_bytes(16))  # names the folder that it gets

    async def parse(self) -> FormData:
        try:
            return await super().parse()
        except ClientDisconnect as error:
            for file in self._files_to_close_on_error:
                file.close()
                Path(file.name).unlink(missing_ok=True)
            raise MultiPartException("The browser went away.") from error


def take_uploads_apart() -> None:
    """Let Gradio read uploads this way."""
    route_utils.GradioMultiPartParser = _UploadParser  # type: ignore[misc]
