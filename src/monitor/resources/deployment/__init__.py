"""Deployment: one container kept on one server."""
