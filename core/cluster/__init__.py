"""Labels photos on a cluster of computers: docs/adr/0021."""
