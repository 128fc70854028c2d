"""The rows of a job in a table, and what chooses among them."""
