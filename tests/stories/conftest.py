"""Makes the fixtures of windows known here."""

from tests.window_fixtures import make_window, no_error_in_the_log, own_jobs, own_settings, theme

__all__ = ["make_window", "no_error_in_the_log", "own_jobs", "own_settings", "theme"]
