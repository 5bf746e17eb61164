"""Build: source made into a versioned image."""
