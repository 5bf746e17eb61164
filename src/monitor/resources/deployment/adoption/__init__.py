"""Adoption: a running container's description made into the config of a deployment. Pure."""
