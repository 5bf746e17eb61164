"""Cleaning: hosts cleaned up by themselves, where their server's rules say when."""
