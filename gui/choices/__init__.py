"""What the user chooses: source, model, settings."""
