"""Uses: what uses a server's images, volumes and networks, and whether that lets a caller see them. Pure.

One rule for all: what resources use is for who may read one of those; what nobody uses, or only containers that are
no deployment's, is for who holds the right `unmanaged`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from monitor.abilities.image.calls import HostImage
from monitor.kernel.claims import Claimed
from monitor.kernel.hostview import Container
from monitor.resources.server.operations.things import UsedBy

_SHORT_ID = 12
_HUB = ("docker.io/library/", "index.docker.io/library/", "docker.io/", "index.docker.io/", "library/")


class Uses(NamedTuple):
    """Of one thing."""

    seen: tuple[UsedBy, ...] = ()
    """By what the caller may see."""
    hidden: int = 0
    """By how much that he may not."""
    kept: bool = False
    """A resource needs it, whether it runs or not."""

    @property
    def used(self) -> bool:
        """Whether anything does."""
        return bool(self.seen or self.hidden)

    def shown(self, *, unmanaged: bool) -> bool:
        """Whether the caller may know of it."""
        return bool(self.seen) or (unmanaged and not self.hidden)

    @property
    def words(self) -> str:
        """`deployment web, container tmp and 2 more you may not see`."""
        named = [_called(user) for user in self.seen]
        if self.hidden:
            named.append(f"{self.hidden} {'more ' if named else ''}you may not see")
        return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


class Users:
    """Of everything on one server, for one caller."""

    def __init__(self, containers: Iterable[Container], seen: Iterable[Container], claimed: Iterable[Claimed]) -> None:
        self._seen = {container.id for container in seen}
        self._images: dict[str, list[Container]] = {}
        self._volumes: dict[str, list[Container]] = {}
        self._networks: dict[str, list[Container]] = {}
        for container in containers:
            self._images.setdefault(container.image_id, []).append(container)
            for name in container.volumes:
                self._volumes.setdefault(name, []).append(container)
            for name in container.networks:
                self._networks.setdefault(name, []).append(container)
        everything = tuple(claimed)
        self._owners = {container: one for one in everything for container in one.containers}
        self._image_claims = _index(everything, "images")
        self._volume_claims = _index(everything, "volumes")
        self._network_claims = _index(everything, "networks")
        self._version_claims = _index(everything, "versions")
        self._repository_claims = _index(everything, "repositories")

    def of_image(self, image: HostImage) -> Uses:
        """By id, by each of its names, by digest, and by the version of a build it is."""
        names = (image.id, *map(plain, image.tags), *map(plain, image.digests))
        claims = [one for name in names for one in self._image_claims.get(name, ())]
        claims += self._version_claims.get((image.build, image.version), ())
        return self._uses(self._images.get(image.id, ()), claims)

    def of_repository(self, address: str) -> Uses:
        """By its address."""
        return self._uses((), self._repository_claims.get(address, ()))

    def of_volume(self, name: str) -> Uses:
        """By its name."""
        return self._uses(self._volumes.get(name, ()), self._volume_claims.get(name, ()))

    def of_network(self, name: str, id: str) -> Uses:
        """By its name, or by its id where a config names that."""
        claims = [one for key in (name, id) for one in self._network_claims.get(key, ())]
        return self._uses(self._networks.get(name, ()), claims)

    def _uses(self, containers: Iterable[Container], claims: Sequence[Claimed]) -> Uses:
        owners = {one.id: one for one in claims}
        releases = _releases(claims)
        kept = bool(owners)
        alone: list[Container] = []
        for container in containers:
            owner = self._owners.get(container.id)
            if owner is None:
                alone.append(container)
            else:
                owners[owner.id] = owner
                releases.pop(owner.id, None)
        named = [
            UsedBy(type=one.type, id=one.id, name=one.name, releases=releases.get(one.id, ()))
            for one in owners.values()
            if one.name
        ]
        named += [UsedBy(type="container", id=c.id, name=c.name) for c in alone if c.id in self._seen]
        return Uses(tuple(named), len(owners) + len(alone) - len(named), kept)


def plain(reference: str) -> str:
    """A reference as Docker lists it: `docker.io/library/nginx` → `nginx:latest`."""
    for prefix in _HUB:
        if reference.startswith(prefix):
            reference = reference.removeprefix(prefix)
            break
    name, at, digest = reference.partition("@")
    if at:
        return f"{_without_tag(name)}@{digest}"
    return name if name.startswith("sha256:") or _without_tag(name) != name else f"{name}:latest"


def find_image(images: Iterable[HostImage], reference: str) -> tuple[HostImage, str] | None:
    """The image, and the tag it was asked for by (empty where by id or digest)."""
    there, wanted = tuple(images), plain(reference)
    for image in there:
        if tag := next((tag for tag in image.tags if plain(tag) == wanted), ""):
            return image, tag
    hexadecimal = reference.removeprefix("sha256:")
    for image in there:
        by_id = len(hexadecimal) >= _SHORT_ID and image.id.removeprefix("sha256:").startswith(hexadecimal)
        if by_id or wanted in map(plain, image.digests):
            return image, ""
    return None


def _called(user: UsedBy) -> str:
    """`deployment web`, or `deployment web (release 3)`."""
    numbers = ", ".join(map(str, user.releases))
    kept = f" (release{'s' if len(user.releases) > 1 else ''} {numbers})" if numbers else ""
    return f"{user.type} {user.name}{kept}"


def _releases(claims: Iterable[Claimed]) -> dict[str, tuple[int, ...]]:
    """Of those that need it for what they were, and not for what they are."""
    now = {one.id for one in claims if not one.release}
    found: dict[str, set[int]] = {}
    for one in claims:
        if one.id not in now:
            found.setdefault(one.id, set()).add(one.release)
    return {id: tuple(sorted(numbers, reverse=True)) for id, numbers in found.items()}


def _without_tag(name: str) -> str:
    head, colon, tag = name.rpartition(":")
    return head if colon and "/" not in tag else name


def _index(claimed: Iterable[Claimed], what: str) -> Mapping[Any, list[Claimed]]:
    found: dict[Any, list[Claimed]] = {}
    for one in claimed:
        for name in dict.fromkeys(getattr(one.claims, what)):
            found.setdefault(plain(name) if what == "images" else name, []).append(one)
    return found
