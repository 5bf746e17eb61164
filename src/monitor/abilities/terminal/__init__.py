"""Terminals in containers: a command run inside one, seen and typed to from afar, and ended with all it started."""
