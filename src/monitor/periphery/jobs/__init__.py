"""Jobs on the host: run once, written down as they go, kept until core has acknowledged their end."""
