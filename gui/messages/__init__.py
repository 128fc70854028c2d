"""What the window says to its user."""
