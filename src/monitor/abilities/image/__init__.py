"""Image: what is on a host to make containers of."""
