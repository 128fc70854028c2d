"""The only file of core that imports huggingface_hub: it sends what a transfer needs, no more."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from huggingface_hub import HfApi, __version__, constants, get_session, get_token
from huggingface_hub.errors import (
    EntryNotFoundError,
    HfHubHTTPError,
    HFValidationError,
    LocalTokenNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from core.errors import ModelError

# Each is asked for whenever it matters, so that it counts whoever imported the library first. Xet's
# own client is left out, too: plain HTTP is what the tests can stand in for.
constants.HF_HUB_DISABLE_TELEMETRY = True
constants.HF_HUB_DISABLE_UPDATE_CHECK = True
constants.HF_HUB_DISABLE_XET = True
constants.DOWNLOAD_CHUNK_SIZE = 250_000  # of 10 MB there is no progress to see, and no way to stop

__all__ = ["HfApi", "client_version", "trouble_is_a_sentence"]

_FORBIDDEN = 401, 403


def client_version() -> str:
    """What would speak with the Hub. It is made ready, certificates and all, and asks nothing."""
    get_session()
    return f"huggingface_hub {__version__} with {ssl.OPENSSL_VERSION}"


@contextmanager
def trouble_is_a_sentence(repo: str) -> Iterator[None]:
    """Inside, whatever goes wrong with the Hub or on the way there is a `ModelError`."""
    _check_token()
    try:
        yield
    except LocalTokenNotFoundError:
        raise ModelError(
            "The Hub asks who you are: log in with `hf auth login`, or set HF_TOKEN."
        ) from None
    except HFValidationError:
        raise ModelError(f"{repo!r} is no name of a repository, such as USER/NAME.") from None
    except RepositoryNotFoundError:
        raise ModelError(
            f"The Hub has no {repo}, or shows it only to those who log in with `hf auth login`."
        ) from None
    except (EntryNotFoundError, RevisionNotFoundError) as error:
        raise ModelError(f"{repo} on the Hub lacks a file ({_first_line(error)}).") from error
    except HfHubHTTPError as error:
        if error.response.status_code in _FORBIDDEN:
            raise ModelError(
                f"The Hub does not let you use {repo}: "
                "log in with `hf auth login`, or set HF_TOKEN."
            ) from None
        raise ModelError(f"The Hub refused it ({_first_line(error)}).") from error
    except ModelError:
        raise
    except Exception as error:  # of several HTTP libraries, and whatever a stranger's answer breaks
        raise ModelError(
            f"The Hub could not be reached, or the transfer broke off ({_first_line(error)})."
        ) from error


def _check_token() -> None:
    """One that cannot be sent would look like a Hub that cannot be reached."""
    token = get_token() or ""
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise ModelError(
            "What is set as the token for the Hub is none: log in with `hf auth login`, or set "
            "HF_TOKEN anew."
        )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
