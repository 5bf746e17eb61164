"""Adopting: deployments made of containers that run already."""
