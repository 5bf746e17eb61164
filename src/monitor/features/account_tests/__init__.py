"""Trying an account's credentials before a deploy or a build has to."""
