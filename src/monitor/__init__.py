"""Monitor builds, deploys and watches applications on many Docker servers, and records who did what."""

__version__ = "0.2.0"
