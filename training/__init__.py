"""Makes the models that `models/` holds, with the very crop that `core` uses."""
