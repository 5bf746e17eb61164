"""Registry: which one an image's reference leads to, and how the daemon is told who asks there. Pure."""

from base64 import urlsafe_b64encode

import msgspec

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.hints import of_registry
from monitor.kernel.errors import HostError

DOCKER_HUB = "docker.io"
_REFUSED = ("unauthorized", "denied", "no basic auth", "authentication required", "incorrect username")
"""What registries say, through the daemon, when they do not know who asks, or not that he may."""
HUB_ADDRESS = "https://index.docker.io/v1/"


def domain_of(reference: str) -> str:
    """The registry Docker asks for an image (github.com/distribution/reference, normalize.go)."""
    first, slash, _ = reference.partition("/")
    if not slash or not (set(".:") & set(first) or first == "localhost" or first != first.lower()):
        return DOCKER_HUB
    return DOCKER_HUB if first == "index.docker.io" else first


def auth_header(auth: RegistryAuth | None, reference: str) -> str:
    """X-Registry-Auth, or nothing. HostError rather than to tell one registry what is meant for another."""
    if auth is None:
        return ""
    domain = domain_of(reference)
    if domain != auth.domain:
        raise HostError(
            f"the registry account given is for {auth.domain}, and {reference} comes from {domain}",
            hint="choose the account of that registry, or none",
        )
    address = HUB_ADDRESS if domain == DOCKER_HUB else domain
    told = {"username": auth.username, "password": auth.token, "serveraddress": address}
    return urlsafe_b64encode(msgspec.json.encode(told)).decode()


def hint_of(message: str, auth: RegistryAuth | None) -> str:
    """The way out of a pull that failed with this message."""
    if not any(word in message.lower() for word in _REFUSED):
        return of_registry(message) or "check the image's name, and whether this host reaches its registry"
    if auth is None:
        return "the registry does not give it to just anybody: choose a registry account; or there is no such image"
    return f"the registry was told {auth.username}: see whether that token is still good and may read this image"


def sign_in_hint(message: str, auth: RegistryAuth) -> str:
    """The way out of a sign-in that failed with this message."""
    if any(word in message.lower() for word in _REFUSED):
        return f"the registry was told {auth.username}: see whether the name is right and the token still good"
    return of_registry(message) or f"see whether this host reaches {auth.domain}"


def push_hint(message: str, auth: RegistryAuth | None, reference: str) -> str:
    """The way out of a push that failed with this message."""
    if not any(word in message.lower() for word in _REFUSED):
        return of_registry(message) or f"see whether this host reaches {domain_of(reference)}, then push it again"
    if auth is None:
        return "the registry does not take it from just anybody: choose a registry account that may push"
    return f"the registry was told {auth.username}: see whether that token is still good and may push there"
