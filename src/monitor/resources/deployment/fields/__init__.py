"""A deployment's config fields as types, a module for each group of its form; spec.py puts them together."""
