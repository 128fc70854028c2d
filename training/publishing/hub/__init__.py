"""Models on the Hugging Face Hub: their page, the way there, and a Space that shows them."""
