"""What stands between a browser and Gradio, as ASGI applications around its own."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

MAX_UPLOAD_BYTES = 1_000_000_000
"""Of all files that come in one request; `server.MAX_UPLOAD` is that of each."""

MAX_REQUEST_BYTES = 20_000_000
"""Of any other, which Gradio holds in memory whole: a camera's picture is the largest."""

OWN_NAMES = ["127.0.0.1", "localhost"]
"""A page of elsewhere whose name is led to this computer (DNS rebinding) gets no answer."""

_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""A browser fetches nothing from elsewhere, whatever Gradio's page asks for."""

_UNFRAMED = "; frame-ancestors 'self'"
"""Other pages may hold this one only where others may open it, as a Space does."""

Message = dict[str, object]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[dict[str, object], Receive, Send], Awaitable[None]]


class BoundedRequests:
    """Hangs up on whoever sends more than a request may hold."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, object], receive: Receive, send: Send) -> None:
        is_upload = str(scope.get("path", "")).endswith("/upload")
        left_bytes = MAX_UPLOAD_BYTES if is_upload else MAX_REQUEST_BYTES

        async def counted() -> Message:
            nonlocal left_bytes
            message = await receive()
            left_bytes -= len(message.get("body", b""))  # type: ignore[arg-type]
            return message if left_bytes >= 0 else {"type": "http.disconnect"}

        await self._app(scope, counted if scope["type"] == "http" else receive, send)


class OwnPagesAlone:
    """Refuses what a page of elsewhere sends: it could fill the disk with uploads."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, object], receive: Receive, send: Send) -> None:
        origin = dict(scope.get("headers", ())).get(b"origin")  # type: ignore[call-overload]
        if origin is None or _host(origin) in OWN_NAMES:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": HTTPStatus.FORBIDDEN})
            await send({"type": "http.response.body"})


def _host(origin: bytes) -> str | None:
    """Whom an address names; None if it is no address."""
    try:
        return urlsplit(origin.decode("latin-1")).hostname
    except ValueError:
        return None


class Policy:
    """Adds to each answer what a browser may fetch.

    Args:
        is_framed: whether pages of elsewhere may hold this one.
    """

    def __init__(self, app: App, is_framed: bool) -> None:
        self._app = app
        self._policy = (_POLICY if is_framed else _POLICY + _UNFRAMED).encode()

    async def __call__(self, scope: dict[str, object], receive: Receive, send: Send) -> None:
        await self._app(
            scope, receive, self._with_policy(send) if scope["type"] == "http" else send
        )

    def _with_policy(self, send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))  # type: ignore[call-overload]
                headers.append((b"content-security-policy", self._policy))
                message = {**message, "headers": headers}
            await send(message)

        return answer
