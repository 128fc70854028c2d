"""XMP sidecars: what they hold is read, kept, and completed with the faces of a photo."""
