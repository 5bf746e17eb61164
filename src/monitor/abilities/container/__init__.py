"""Containers: replace one by its new version, start, stop, restart, remove, logs, inspect."""
