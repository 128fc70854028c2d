"""Where pictures come from: cameras, video files and photos."""
