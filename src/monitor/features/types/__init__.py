"""Types: what exists, published for derived forms, lists and command lines."""
