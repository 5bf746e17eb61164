"""Pull: fetching an image from its registry, and nothing else."""
