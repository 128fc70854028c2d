"""From trained weights to a model folder that the app finds."""
