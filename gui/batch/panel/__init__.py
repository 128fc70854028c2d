"""The chosen face at the side: its photo, what is known of it, and corrections by hand."""
