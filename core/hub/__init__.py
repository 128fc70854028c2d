"""Models from the Hugging Face Hub: what alone uses the network, and only when it is told to."""
