"""Signing in: set-up token, password, sessions."""
