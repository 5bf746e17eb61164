"""Unmanaged: what is done to containers that belong to no deployment."""
