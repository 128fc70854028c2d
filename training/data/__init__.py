"""Labelled chips: reading, splitting, drawing and changing them."""
