"""What every operation, topic and route needs, compared with a list a person has read."""

from pathlib import Path

from starlette.routing import Route, WebSocketRoute

from monitor.core.openapi import document
from monitor.everything import everything
from monitor.kernel.fields import has_mark
from monitor.kernel.operation import Action
from monitor.kernel.permission import Access
from tests.core.world import World

LIST = Path(__file__).with_name("reviewed.txt")
BESIDE = {
    "/api/openapi.json": "signed in",
    "/api/docs": "signed in",
    "/api/live": "signed in; each topic asks",
    "/api/terminal/{id}": "signed in; a terminal of one's own, with the right to it",
    "/metrics": "signed in, unless metrics_open; servers and containers by what the caller may read",
    "/healthz": "public",
    "/readyz": "public",
    "/{path:path}": "public: the web app's files",
    "/api/join": "a join token",
    "/api/join/confirm": "a join token",
    "/api/hooks/{address}": "an address and a secret of a webhook",
}
"""Routes that are no operations."""


def test_the_list_is_what_is_declared() -> None:
    registry = everything()
    lines = [
        f"{n} {o.kind.value} {o.needs.value}{'' if o.routed else ' unrouted'}" for n, o in registry.operations.items()
    ]
    lines += [f"{n} topic {s.needs.value}" for n, s in registry.streams.items()]
    reviewed = [line for line in LIST.read_text().splitlines() if not line.startswith("#")]
    assert sorted(lines) == sorted(reviewed), f"read what is new, then change {LIST.name}"


def test_routes_beside_the_operations_are_listed(world: World) -> None:
    registry = world.app.core.parts.registry
    declared = {f"/api{registry.route(n)[1]}" for n, o in registry.operations.items() if o.routed}
    found = {r.path for r in world.app.core.application().routes if isinstance(r, Route | WebSocketRoute)}
    assert found - declared == set(BESIDE)


def test_the_document_says_who_needs_no_key() -> None:
    registry = everything()
    paths = document(registry)["paths"]
    free = {o["operationId"] for path in paths.values() for o in path.values() if o.get("security") == []}
    assert free == {n for n, o in registry.operations.items() if o.needs is Access.PUBLIC}
    assert free == {"session.welcome", "session.set_up", "session.sign_in"}


def test_no_action_is_given_a_secret() -> None:
    """Its request is kept in the record."""
    actions = [o for o in everything().operations.values() if issubclass(o, Action)]
    assert actions
    assert not [o for o in actions if has_mark(o, "secret")]
