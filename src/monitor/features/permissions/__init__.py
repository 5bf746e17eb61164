"""Permissions: grants of levels, rights and host powers."""
