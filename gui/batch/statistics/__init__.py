"""What the faces of a job are like, in charts."""
