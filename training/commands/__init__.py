"""`python -m training`: one function a command, and their arguments."""
