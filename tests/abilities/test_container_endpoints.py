"""Networks and aliases of a body, as a daemon that takes one network at a time must be asked for them."""

from typing import Any

import pytest

from monitor.abilities.container.endpoints import endpoints, made_on_one, named

ALIASED = {"Aliases": ["www"], "IPAMConfig": {"IPv4Address": "10.0.0.5"}}


def body(mode: str | None, given: dict[str, Any] | None) -> dict[str, Any]:
    host = {} if mode is None else {"HostConfig": {"NetworkMode": mode}}
    return {"Image": "a", **host, **({} if given is None else {"NetworkingConfig": {"EndpointsConfig": given}})}


@pytest.mark.parametrize(
    ("mode", "given", "joined"),
    [
        (None, None, {}),
        ("bridge", None, {}),
        ("host", None, {}),
        ("none", {}, {}),
        ("container:db", None, {}),
        ("web", None, {"web": {}}),
        ("web", {"web": ALIASED}, {"web": ALIASED}),
        ("web", {"db": None, "web": ALIASED}, {"web": ALIASED, "db": {}}),
        ("bridge", {"bridge": {}, "db": ALIASED}, {"db": ALIASED}),
        (None, {"db": ALIASED}, {"db": ALIASED}),
    ],
)
def test_networks_people_made(mode: str | None, given: dict[str, Any] | None, joined: dict[str, Any]) -> None:
    assert endpoints(body(mode, given)) == joined
    assert list(endpoints(body(mode, given))) == list(joined), "the first is the one it is made on"


def test_a_body_without_endpoints_stays_as_it_is() -> None:
    for given in (body("web", None), body(None, None), {"Image": "a", "NetworkingConfig": None}):
        assert made_on_one(given) == (given, {})
        assert made_on_one(given, aliases=False) == (given, {})


def test_one_network_is_asked_for_at_once_and_the_others_later() -> None:
    given = body("web", {"db": {"Aliases": ["x"]}, "web": ALIASED, "log": None})
    assert made_on_one(given) == (body("web", {"web": ALIASED}), {"db": {"Aliases": ["x"]}, "log": {}})
    bare = {"IPAMConfig": {"IPv4Address": "10.0.0.5"}}
    assert made_on_one(given, aliases=False) == (body("web", {"web": bare}), {"db": {}, "log": {}})
    assert made_on_one(body("bridge", {"db": ALIASED})) == (body("bridge", {}), {"db": ALIASED})


def test_the_name_is_an_alias_more() -> None:
    assert named({}, "web") == {"Aliases": ["web"]}
    both = {"Aliases": ["www", "web"], "IPAMConfig": None}
    assert named(both, "web") == both
