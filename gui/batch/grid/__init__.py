"""The faces of a job side by side."""
