"""From configuration to trained weights."""
