"""Cameras, videos and photos as they are watched."""
