"""Drift: how a container differs from the body it was made of."""
