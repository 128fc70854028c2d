"""What an answer depends on besides photo, model and settings, as numbers for the record.

Each is raised with every change after which the same photo may be answered otherwise: stored
answers of the number before are then asked for anew.
"""

SEARCH_VERSION = 11
"""Which faces of a photo are found, and where, and what is said where none is: reading,
`photo_search`, `turned_search`, `yunet`, `blaze_face`, the second look and `visibility`. 1 was
MediaPipe's detectors alone."""

CROP_VERSION = 1
"""How a chip is cut: `alignment`. Chips for training that the app cut are made anew, too."""

QUALITY_VERSION = 1
"""How far an answer is trusted: core/face_quality.py."""

VIDEO_VERSION = 4
"""Who is seen in a video: `video_labelling`, `live_pipeline` and what it looks with."""

FLIP_AVERAGE = True
"""Whether each estimate of a photo's face is averaged with that of the mirrored face."""
