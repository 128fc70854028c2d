"""Finding faces, following them, and cutting the one aligned crop."""
