"""Registry: what an image's registry has now, asked through the host's own Docker, which has the way to it."""
