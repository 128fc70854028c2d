"""Running jobs, reading them from the store, and the list of those that are kept."""
