"""The page for a browser: `main.py web`. It asks core as the window does, and imports no Qt."""
