"""System usage of a host."""
