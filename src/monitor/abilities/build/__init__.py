"""Builds: a fresh clone of a source and an image made from it."""
