"""Server: a host with a periphery."""
