"""Webhooks: pushes that services tell of, checked, kept, and turned into runs of what the repository has now."""
