"""Git: sources and how they are fetched."""
