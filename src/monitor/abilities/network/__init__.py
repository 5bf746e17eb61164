"""Network: how containers on a host reach each other."""
