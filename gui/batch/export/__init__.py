"""Writing a job's answers to files."""
