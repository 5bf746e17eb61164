"""Builds: their versions, names and registries."""
