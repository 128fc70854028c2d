"""The window, and what its menus, keys and drops do."""
