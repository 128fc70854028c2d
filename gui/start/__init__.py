"""From the command line to the window: log, one instance, crashes."""
