"""Visage without a window: sources, faces, estimates and the pipelines that join them."""
