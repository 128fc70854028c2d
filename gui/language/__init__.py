"""The window in the user's language: docs/adr/0016."""
