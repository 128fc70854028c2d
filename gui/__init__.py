"""The Qt window. It asks `core` and shows what it answers."""
