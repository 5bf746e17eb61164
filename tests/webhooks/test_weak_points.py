"""Weak points of other products' webhooks, each impossible here."""

import hmac

import pytest

from monitor.features.webhooks.proof import Proof, new_secret
from monitor.kernel.permission import Level
from monitor.kernel.webhooks import Outcome
from tests.core.web import web_of
from tests.webhooks.forge import Forge


async def test_no_webhook_is_on_by_default(forge: Forge) -> None:
    await forge.world.build("new")
    id = forge.world.app.core.parts.catalog.find("build", "new").id  # type: ignore[union-attr] - made above
    for path in ("new", id):
        for headers in ({}, {"X-Gitlab-Token": ""}, {"X-Monitor-Token": "a_random_webhook_secret"}):
            assert (await forge.send(headers, path=f"/api/hooks/{path}")).status_code == 404


def test_there_is_no_secret_anybody_knows() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(secret) == len("whsec_") + 44 for secret in made), "256 bits"


@pytest.mark.parametrize("header", ["x-gitlab-token", "x-monitor-token", "authorization", "x-hub-signature-256"])
def test_an_empty_secret_lets_nobody_in(header: str) -> None:
    for told in ("", "Bearer ", "Bearer", "sha256="):
        for secret in ("", "whsec_"):
            assert not Proof({header: told}, secret).holds()
    assert not Proof({}, "").holds()


def test_secrets_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def watched(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr(hmac, "compare_digest", watched)
    ways = ({"x-gitlab-token": "x"}, {"x-hub-signature-256": "sha256=x"}, {"webhook-signature": "v1,x"}, {})
    for headers in ways:
        assert not Proof(headers, new_secret()).holds(), "nothing else decides"
    assert len(compared) == len(ways)


async def test_a_builds_name_is_no_address(forge: Forge) -> None:
    headers = {"X-Monitor-Token": forge.secret}
    assert (await forge.send(headers, path="/api/hooks/app")).status_code == 404


async def test_the_answer_does_not_wait_for_the_build(forge: Forge) -> None:
    forge.world.host.machine.durations.update(look=60, build=600)
    assert (await forge.github()).status_code == 202, "while the clock stands still"
    assert (await forge.newest()).outcome is Outcome.WAITING


async def test_a_push_has_no_rights_but_to_run_its_build(forge: Forge) -> None:
    await forge.github()
    await forge.after()
    (run,) = await forge.runs()
    assert (run.who.kind, run.origin) == ("webhook", "webhook")
    assert run.who.id == run.what.id  # type: ignore[union-attr] - a build's


async def test_a_token_in_the_address_is_taken_for_none(forge: Forge) -> None:
    path = f"{forge.path}?token={forge.secret}&secret={forge.secret}"
    assert (await forge.send({}, path=path)).status_code == 404


async def test_who_may_only_read_a_build_finds_no_secret_anywhere(forge: Forge) -> None:
    ann = await forge.world.app.user("ann")
    await forge.world.grant(ann, "build", "app", Level.READ)
    web = await web_of(forge.world, ann)
    for path in ("/builds/app", "/builds", "/builds/app/webhook", "/activity", "/types", "/openapi.json"):
        found = await web.get(path)
        assert found.status_code == 200
        assert forge.secret not in found.text
        assert forge.path.rpartition("/")[2] not in found.text
