"""Model folders, the engines that run them, and the estimates they give."""
