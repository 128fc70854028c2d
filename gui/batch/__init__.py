"""The window of a batch: its jobs, their rows and what can be done with them.

It is imported after the window is on the screen: what it shows needs NumPy and the store.
"""
