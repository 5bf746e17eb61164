"""Engine: the Docker Engine API over its unix socket."""


class Engine:
    """One Docker daemon."""
