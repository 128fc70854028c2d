"""A frame with its faces: painted, saved, copied."""
