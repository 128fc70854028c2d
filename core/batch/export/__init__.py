"""What a job found, written for others: one file per format."""
