"""Charts, drawn alike on the screen, in a picture and in an SVG file."""
