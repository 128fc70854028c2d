"""Which Visage this is."""

from importlib.metadata import PackageNotFoundError, version


def app_version() -> str:
    """The installed version; empty in a copy that was never installed."""
    try:
        return version("visage")
    except PackageNotFoundError:
        return ""
