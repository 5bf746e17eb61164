"""Lookout: a container somebody looks after, restarted when asked. A type of the tests, as one would be added."""
