"""Push: giving an image to registries."""
