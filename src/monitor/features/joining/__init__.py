"""Joining: how a host's periphery becomes a server's."""
