"""Everything Monitor declares, in one registry: what core serves, the client speaks and the CLI offers."""

from monitor import features
from monitor.kernel.registry import Registry
from monitor.resources import TYPES


def everything() -> Registry:
    """A registry of all resource types and features."""
    return Registry(TYPES, features.OPERATIONS, features.STREAMS)
