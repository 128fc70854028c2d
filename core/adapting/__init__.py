"""A model fitted to a user's own photos: docs/adr/0020."""
