"""What a live session leaves behind: an annotated video, and tables of who was seen."""
