"""Adoption: reading a container whole, so that a deployment can be made of it."""
