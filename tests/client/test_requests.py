"""Requests are built by the REST rules, for every declared operation."""

from datetime import UTC, datetime

import pytest
from msgspec import UNSET, json

from monitor.client import asks
from monitor.client.requests import request_for
from monitor.everything import everything
from monitor.features.activity.spec import CancelActivity, ListActivity
from monitor.features.keys.spec import DeleteKey
from monitor.features.users.spec import SetPassword, UpdateUser
from monitor.kernel.activity import State
from monitor.kernel.errors import Invalid
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage

REGISTRY = everything()


def test_query_parameters_stand_in_the_query() -> None:
    asked = ListActivity(state=(State.FAILED, State.CANCELLED), since=datetime(2026, 5, 1, tzinfo=UTC), limit=5)
    request = request_for(REGISTRY, asked)
    assert (request.method, request.path) == ("GET", "/activity")
    assert request.query == (
        ("resource", ""),
        ("server", ""),
        ("type", ""),
        ("user", ""),
        ("parent", ""),
        ("state", "failed"),
        ("state", "cancelled"),
        ("since", "2026-05-01T00:00:00Z"),
        ("cursor", ""),
        ("limit", "5"),
    )
    assert request.body is None


def test_target_stands_in_the_path_and_nowhere_else() -> None:
    request = request_for(REGISTRY, ReadLog(target="web", tail=3))
    assert (request.path, request.query) == ("/deployments/web/log", (("tail", "3"),))


def test_a_hostile_target_stays_one_path_segment() -> None:
    request = request_for(REGISTRY, Deploy(target="../users?x=1#%2f\n"))
    assert request.path == "/deployments/..%2Fusers%3Fx%3D1%23%252f%0A/deploy"


def test_actions_and_edits_send_a_body_without_tag_and_target() -> None:
    request = request_for(REGISTRY, SetPassword(target="ann", password="long enough", current="old"))
    assert (request.method, request.path) == ("POST", "/users/ann/password")
    assert json.decode(request.body or b"") == {"password": "long enough", "current": "old"}
    assert dict(request.headers) == {"Content-Type": "application/json"}
    assert request_for(REGISTRY, CancelActivity(target="X")).body == b"{}"


def test_deletes_send_their_parameters_in_the_query() -> None:
    request = request_for(REGISTRY, Delete(target="web", container=Keep.REMOVE))
    assert (request.method, request.path, request.query) == ("DELETE", "/deployments/web", (("container", "remove"),))
    assert request_for(REGISTRY, DeleteKey(target="k")).query == ()


def test_a_patch_names_only_what_changes_and_the_revision_in_if_match() -> None:
    changed = asks.update(
        DEPLOYMENT,
        "web",
        {"image": LiteralImage(image="web:2"), "ports": ()},
        revision=4,
        **dict.fromkeys(("name", "description", "tags"), UNSET),
    )
    request = request_for(REGISTRY, changed)
    assert (request.method, request.path) == ("PATCH", "/deployments/web")
    assert json.decode(request.body or b"") == {"config": {"image": {"kind": "image", "image": "web:2"}, "ports": []}}
    assert dict(request.headers)["If-Match"] == "4"
    assert json.decode(request_for(REGISTRY, UpdateUser(target="ann", admin=True)).body or b"") == {"admin": True}


def test_a_create_holds_its_config() -> None:
    config = DeploymentConfig(server="alpha", image=LiteralImage(image="web:1"))
    body = json.decode(
        request_for(REGISTRY, asks.create(DEPLOYMENT, "web", config, description="", tags=("a",))).body or b""
    )
    assert (body["name"], body["tags"], body["config"]["server"]) == ("web", ["a"], "alpha")


def test_an_update_of_an_unknown_field_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(Invalid) as refused:
        asks.update(
            DEPLOYMENT, "web", {"imag": 1}, revision=None, **dict.fromkeys(("name", "description", "tags"), UNSET)
        )
    assert refused.value.fields[0].path == "config.imag"


@pytest.mark.parametrize("name", sorted(set(REGISTRY.operations) - {"joining.admit"}))
def test_every_operation_has_a_route(name: str) -> None:
    method, path = REGISTRY.route(name)
    assert method in ("GET", "POST", "PATCH", "DELETE")
    assert path.startswith("/")
    assert ("{target}" in path) == REGISTRY.operations[name].targeted
