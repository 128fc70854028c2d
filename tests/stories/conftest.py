"""Makes the fixtures of windows known here."""

from tests.window_fixtures import (
    english,
    make_window,
    no_error_in_the_log,
    own_font,
    own_jobs,
    own_settings,
    theme,
)

__all__ = [
    "english",
    "make_window",
    "no_error_in_the_log",
    "own_font",
    "own_jobs",
    "own_settings",
    "theme",
]
