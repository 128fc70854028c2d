"""Models on the Hugging Face Hub: their page, and the way there and back."""
