"""Registry accounts: named only with the right to use them, told to their own registry and to nobody else."""

import base64
import json
from typing import Any

import pytest

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import auth_header, domain_of
from monitor.kernel.errors import Conflict, Forbidden, HostError, Invalid
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.registry_account.plan import validate
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT, RegistryAccountConfig
from tests.core.world import World, refused, updating
from tests.matrix.test_powers import creating

TOKEN = "t0ken-4-the-hub/+x"
DOMAINS = [
    ("nginx", "docker.io"),
    ("nginx:1.27", "docker.io"),
    ("library/nginx@sha256:0123", "docker.io"),
    ("team/app/web", "docker.io"),
    ("docker.io/nginx", "docker.io"),
    ("index.docker.io/nginx", "docker.io"),
    ("registry-1.docker.io/nginx", "registry-1.docker.io"),
    ("ghcr.io/a/b:1", "ghcr.io"),
    ("localhost/a", "localhost"),
    ("localhost:5000/a", "localhost:5000"),
    ("10.0.0.1/a", "10.0.0.1"),
    ("host:5000", "docker.io"),
    ("Team/app", "Team"),
    ("docker.io.evil.example/a", "docker.io.evil.example"),
    ("a.b:80/docker.io/x", "a.b:80"),
]


@pytest.mark.parametrize(("reference", "domain"), DOMAINS)
def test_the_registry_of_a_reference(reference: str, domain: str) -> None:
    assert domain_of(reference) == domain


def test_the_header_is_made_for_the_accounts_own_registry_only() -> None:
    auth = RegistryAuth(domain="docker.io", username="ann", token=TOKEN)
    told = json.loads(base64.urlsafe_b64decode(auth_header(auth, "team/app:1")))
    assert told == {"username": "ann", "password": TOKEN, "serveraddress": "https://index.docker.io/v1/"}
    assert auth_header(None, "team/app:1") == ""
    for elsewhere in ("evil.example/team/app", "docker.io.evil.example/app", "localhost:5000/app"):
        with pytest.raises(HostError, match="is for docker") as refusal:
            auth_header(auth, elsewhere)
        assert TOKEN not in str(refusal.value)


def config(**fields: Any) -> RegistryAccountConfig:
    return RegistryAccountConfig(**{"domain": "ghcr.io", "username": "ann", "token": TOKEN, **fields})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"domain": "index.docker.io"}, "config.domain"),
        ({"domain": "a.b:0"}, "config.domain"),
        ({"domain": "a.b:99999"}, "config.domain"),
        ({"domain": "evil.example", "token": None}, "config.token"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        validate(config(), config(**fields))
    assert [f.path for f in refusal.value.fields] == [field]


async def account(world: World, **fields: Any) -> Any:
    return await world.account("hub", **fields)


async def test_naming_one_takes_the_right_to_use_it(world: World) -> None:
    await account(world)
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.EXECUTE)
    await world.grant(ann, "deployment", "", Level.WRITE, (Right.CREATE,))
    assert isinstance(await refused(world, creating("one", account="hub"), ann), Invalid), "unknown to him"
    await world.grant(ann, "registry_account", "hub", Level.WRITE)
    refusal = await refused(world, creating("one", account="hub"), ann)
    assert isinstance(refusal, Forbidden)
    assert "use on registry_account hub is needed" in refusal.message
    await world.grant(ann, "registry_account", "hub", Level.READ, (Right.USE,))
    made = await world.app.run(creating("one", account="hub"), ann)
    await world.grant(ann, "registry_account", "hub")
    changed = await world.app.run(updating(DEPLOYMENT, "one", config={"account": made.config.account}), ann)
    assert changed.config.account == made.config.account, "what is left in place is not asked for again"


async def test_whoever_adds_one_may_use_it(world: World) -> None:
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.EXECUTE)
    await world.grant(ann, "deployment", "", Level.NONE, (Right.CREATE,))
    await world.grant(ann, "registry_account", "", Level.NONE, (Right.CREATE,))
    await world.app.create(REGISTRY_ACCOUNT, "mine", config(), ann)
    await world.app.run(creating("one", account="mine"), ann)


async def test_a_deployment_without_one_asks_without_a_name(world: World) -> None:
    """Never guessed: an account for the image's registry is there, and is not used."""
    await account(world)
    await world.deployment("web", pull=True)
    world.host.machine.registry.add("web:1")
    world.host.machine.private["web:1"] = ("ann", TOKEN)
    ended = await world.do(Deploy(target="web"))
    assert ended.state == "failed"
    assert "choose a registry account" in ended.hint


async def test_the_job_carries_it_and_nothing_else_says_it(world: World) -> None:
    hub = await account(world)
    await world.deployment("web", pull=True, account=hub.id)
    world.host.machine.registry.add("web:1")
    world.host.machine.private["web:1"] = ("ann", TOKEN)
    ended = await world.do(Deploy(target="web"))
    assert ended.state == "succeeded", ended.error
    store = world.app.store
    kinds = ("activity", "resource.deployment", "resource.registry_account", "info.deployment")
    kept = [d.body for kind in kinds for d in await store.all(kind)]
    kept += [w.entry.body for w in await store.journal(limit=100_000)]
    kept += [r.data for r in await store.read(f"output/{ended.id}", 0, 100_000)]
    header = base64.urlsafe_b64encode(json.dumps({"password": TOKEN}).encode())[8:30]
    for body in kept:
        assert TOKEN.encode() not in body
        assert header not in body


async def test_a_token_that_is_wrong_says_so_without_saying_it(world: World) -> None:
    hub = await account(world, token="wr0ng-t0ken")
    await world.deployment("web", pull=True, account=hub.id)
    world.host.machine.registry.add("web:1")
    world.host.machine.private["web:1"] = ("ann", TOKEN)
    ended = await world.do(Deploy(target="web"))
    assert ended.state == "failed"
    assert "was told ann" in ended.hint
    assert "wr0ng" not in ended.hint + ended.error


async def test_an_account_of_another_registry_is_never_told_to_this_one(world: World) -> None:
    """Whoever may use an account but not read its token must not get it by naming a registry of his own."""
    await account(world)
    world.host.images.add("evil.example/web:1")
    await world.app.run(creating("web", account="hub", image={"kind": "image", "image": "evil.example/web:1"}))
    refusal = await refused(world, Deploy(target="web"))
    assert isinstance(refusal, Conflict)
    assert "is not for evil.example" in refusal.message


async def test_an_account_without_a_token_is_said_to_have_none(world: World) -> None:
    await account(world, token=None)
    await world.app.run(creating("web", account="hub"))
    ended = await world.do(Deploy(target="web"))
    assert (ended.state, "has no token" in ended.error) == ("failed", True)


async def test_it_is_kept_while_a_deployment_names_it(world: World) -> None:
    await account(world)
    await world.app.run(creating("web", account="hub"))
    op: Any = world.app.core.parts.registry.operations["registry_account.delete"]
    assert "in use by deployment web" in (await refused(world, op(target="hub"))).message
