"""Volume: what outlives containers on a host."""
