"""Registry account: who Docker says it is when it fetches images from one registry."""
