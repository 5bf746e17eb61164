"""Which registry accounts make no sense, or would give a token away. Pure."""

from monitor.kernel.errors import Invalid
from monitor.resources.registry_account.spec import RegistryAccountConfig

_DOCKER_HUB = ("index.docker.io", "registry-1.docker.io", "hub.docker.com", "registry.hub.docker.com")


def validate(old: RegistryAccountConfig | None, new: RegistryAccountConfig) -> None:
    """Refuse a domain no image can be named after, and a stored token that would go to somebody else's registry."""
    if new.domain in _DOCKER_HUB:
        raise Invalid.field("config.domain", "write docker.io: so the images of Docker Hub are named")
    port = new.domain.partition(":")[2]
    if port and not 0 < int(port) < 65536:
        raise Invalid.field("config.domain", "the port must be from 1 to 65535")
    if old is not None and new.domain != old.domain and new.token is None:
        raise Invalid.field("config.token", "give it anew with another domain: the stored one is for the old domain")
