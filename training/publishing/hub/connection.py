"""The only file that imports huggingface_hub; it sends what a transfer needs, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from huggingface_hub import EvalResult, HfApi, ModelCard, ModelCardData, constants
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

__all__ = ["EvalResult", "HfApi", "ModelCard", "ModelCardData", "trouble_is_a_sentence"]

_FORBIDDEN = 401, 403


@contextmanager
def trouble_is_a_sentence(repo: str) -> Iterator[None]:
    """Inside, whatever goes wrong with the Hub or on the way there is a `ModelError`."""
    try:
        yield
    except LocalTokenNotFoundError:
        raise ModelError(_LOG_IN) from None
    except HFValidationError:
        raise ModelError(f"{repo!r} is no name of a repository, such as USER/NAME.") from None
    except RepositoryNotFoundError:
        raise ModelError(
            f"The Hub has no {repo}, or shows it only to those who may see it. {_LOG_IN}"
        ) from None
    except (EntryNotFoundError, RevisionNotFoundError) as error:
        raise ModelError(f"{repo} on the Hub lacks a file ({_first_line(error)}).") from error
    except HfHubHTTPError as error:
        if error.response.status_code in _FORBIDDEN:
            raise ModelError(f"The Hub does not let you use {repo}. {_LOG_IN}") from None
        raise ModelError(f"The Hub refused it ({_first_line(error)}).") from error
    except ModelError:
        raise
    except Exception as error:  # of several HTTP libraries, and whatever a stranger's answer breaks
        raise ModelError(
            f"The Hub could not be reached, or the transfer broke off ({_first_line(error)})."
        ) from error


_LOG_IN = "Log in with `hf auth login`, or set HF_TOKEN, and try again."


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
