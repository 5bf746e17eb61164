"""Scope: of which resources a rule, or an override of its levels, is about."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import refers_to, shown
from monitor.kernel.permission import Level

_Tag = Annotated[str, Meta(min_length=1, max_length=63)]


class Everywhere(Struct, frozen=True, kw_only=True, tag_field="kind", tag="all"):
    """All there are."""


class Tagged(Struct, frozen=True, kw_only=True, tag_field="kind", tag="tagged"):
    """Those with any of these tags, and what is on servers with one."""

    tags: Annotated[tuple[_Tag, ...], Meta(min_length=1, max_length=50), shown("Tags", "Any of these.")]


class OneServer(Struct, frozen=True, kw_only=True, tag_field="kind", tag="server"):
    """A server, and what is on it."""

    server: Annotated[str, refers_to("server", Level.READ), shown("Server", "It, and what is on it.")]


class OneDeployment(Struct, frozen=True, kw_only=True, tag_field="kind", tag="deployment"):
    """A deployment."""

    deployment: Annotated[str, refers_to("deployment", Level.READ), shown("Deployment", "This one alone.")]


class OneBuild(Struct, frozen=True, kw_only=True, tag_field="kind", tag="build"):
    """A build."""

    build: Annotated[str, refers_to("build", Level.READ), shown("Build", "This one alone.")]


Scope = Everywhere | Tagged | OneServer | OneDeployment | OneBuild


class Place(Struct, frozen=True, kw_only=True):
    """Where a subject stands, for scopes to be held against."""

    type: str
    id: str
    server: str = ""
    tags: frozenset[str] = frozenset()
    """Its own and its server's."""


def covers(scope: Scope, place: Place) -> bool:
    """Whether a resource is in it."""
    match scope:
        case Everywhere():
            return True
        case Tagged():
            return not place.tags.isdisjoint(scope.tags)
        case OneServer():
            return scope.server in (place.server, place.id)
        case OneDeployment():
            return scope.deployment == place.id
        case OneBuild():
            return scope.build == place.id


def nearness(scope: Scope) -> int:
    """The greater, the nearer it is to one resource: all, a tag, a server, one resource."""
    match scope:
        case Everywhere():
            return 0
        case Tagged():
            return 1
        case OneServer():
            return 2
        case _:
            return 3
