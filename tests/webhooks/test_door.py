"""The door: each service's proof, one answer for everybody else, and nothing a stranger could hurt with."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from monitor.core.people import new_secret as new_address
from monitor.features.webhooks import door
from monitor.kernel.webhooks import Outcome
from tests.core.web import HOME, Web, problem, web_of
from tests.webhooks.forge import Forge, commit

BODY = json.dumps(
    {"ref": "refs/heads/main", "after": commit(9), "user_username": "bob", "pusher": {"login": "ann"}}
).encode()


def proofs(forge: Forge, body: bytes) -> dict[str, dict[str, str]]:
    """Headers of each service, with the right proof."""
    signed = forge.sign(body)
    return {
        "github": {"X-GitHub-Event": "push", "X-Hub-Signature-256": f"sha256={signed}"},
        "gitea": {
            "X-Gitea-Event": "push",
            "X-GitHub-Event": "push",
            "X-Gogs-Event": "push",
            "X-Gitea-Signature": signed,
            "X-Gogs-Signature": signed,
            "X-Hub-Signature-256": f"sha256={signed}",
        },
        "forgejo": {"X-Forgejo-Event": "push", "X-Gitea-Event": "push", "X-Forgejo-Signature": signed},
        "gitlab": {"X-Gitlab-Event": "Push Hook", "X-Gitlab-Token": forge.secret},
        "gitlab signed": {
            "X-Gitlab-Event": "Push Hook",
            "webhook-id": "id-1",
            "webhook-timestamp": "1700000000",
            "webhook-signature": forge.standard(body),
        },
        "token": {"X-Monitor-Token": forge.secret},
        "token bearer": {"Authorization": f"Bearer {forge.secret}"},
    }


async def test_each_service_proves_itself_in_its_own_way(forge: Forge) -> None:
    for number, (service, headers) in enumerate(proofs(forge, BODY).items()):
        forge.push_to("main", 20 + number)
        assert (await forge.send(headers, BODY)).status_code == 202
        delivery = await forge.after(3)
        assert delivery.service == service.partition(" ")[0]
        told = (delivery.event, delivery.branch, delivery.commit, delivery.pusher)
        assert told == ("push", "main", commit(9), "ann")
        assert delivery.outcome is Outcome.RUN


async def test_a_wrong_proof_is_refused_whatever_else_is_right(forge: Forge) -> None:
    for service, right in proofs(forge, BODY).items():
        for name, value in right.items():
            if not name.lower().endswith(("signature", "signature-256", "token", "authorization")):
                continue
            if service == "gitea" and name != "X-Hub-Signature-256":
                continue  # the first that is there counts
            other = value[:-2] + ("AA" if value[-2:] != "AA" else "BB")
            for wrong in (value[:-1], f"{value}0", other, "", "sha256=", "v1,"):
                assert (await forge.send({**right, name: wrong}, BODY)).status_code == 404, (name, wrong)
        if service in ("github", "gitea", "forgejo", "gitlab signed"):
            assert (await forge.send(right, BODY + b" ")).status_code == 404, "the body was changed"
    assert (await forge.shown()).deliveries == ()
    assert await forge.runs() == []


async def test_a_wrong_proof_is_not_made_good_by_a_right_one(forge: Forge) -> None:
    both = {"X-Hub-Signature-256": "sha256=" + "0" * 64, "X-Monitor-Token": forge.secret}
    assert (await forge.send(both, BODY)).status_code == 404


async def test_gitlabs_other_events(forge: Forge) -> None:
    token = {"X-Gitlab-Token": forge.secret}

    async def told(event: str, **body: Any) -> str:
        await forge.send({**token, "X-Gitlab-Event": event}, json.dumps(body).encode())
        return (await forge.newest()).reason

    assert (
        await told("Merge Request Hook", object_kind="merge_request")
        == "an event 'Merge Request Hook': only pushes count"
    )
    assert "a tag" in await told("Tag Push Hook", object_kind="tag_push", ref="refs/tags/v1")
    assert "a tag" in await told("System Hook", event_name="tag_push", ref="refs/tags/v1")
    assert await told("System Hook", event_name="user_create") == "an event 'user_create': only pushes count"
    assert await told("System Hook", event_name="push", ref="refs/heads/main") == ""
    assert (await forge.after()).outcome is Outcome.RUN


async def test_a_form_is_read_as_well(forge: Forge) -> None:
    body = urlencode({"payload": BODY.decode()}).encode()
    headers = proofs(forge, body)["github"] | {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await forge.send(headers, body)).status_code == 202
    assert (await forge.after()).branch == "main"


async def test_a_plain_token_needs_no_body(forge: Forge) -> None:
    assert (await forge.send({"Authorization": f"bearer {forge.secret}"}, b"")).status_code == 202
    assert (await forge.after()).outcome is Outcome.RUN


async def test_one_answer_for_unknown_wrong_and_off(forge: Forge) -> None:
    answers: list[httpx2.Response] = [
        await forge.send({"X-Monitor-Token": forge.secret}, BODY, f"/api/hooks/{new_address()}"),
        await forge.send({"X-Monitor-Token": "wrong"}, BODY),
        await forge.send({}, BODY),
        await forge.send({"X-Monitor-Token": "wrong"}, BODY, "/api/hooks/x"),
    ]
    await forge.do("webhook_off")
    answers.append(await forge.send({"X-Monitor-Token": forge.secret}, BODY))
    await forge.delete()
    answers.append(await forge.send({"X-Monitor-Token": forge.secret}, BODY))
    problem(answers[0], 404)
    assert len({(a.status_code, a.content, tuple(sorted(a.headers.items()))) for a in answers}) == 1


async def test_the_same_work_is_done_for_unknown_and_wrong(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole bodies are proven for whoever asks, in constant time: what takes the time is the same."""
    done: list[str] = []

    class Watched(door.Proof):
        def update(self, chunk: bytes) -> None:
            done.append(f"update {len(chunk)}")
            super().update(chunk)

        def holds(self) -> bool:
            done.append("holds")
            return super().holds()

    monkeypatch.setattr(door, "Proof", Watched)
    await forge.send({"X-Monitor-Token": "wrong"}, BODY)
    wrong, done[:] = list(done), []
    await forge.send({"X-Monitor-Token": "wrong"}, BODY, f"/api/hooks/{new_address()}")
    assert done == wrong
    assert done[-1] == "holds"


async def test_strangers_leave_nothing_behind(forge: Forge) -> None:
    await forge.world.clock.advance(1)
    before = len(await forge.world.app.store.journal(limit=100_000))
    for number in range(100):
        await forge.send({"X-Monitor-Token": f"guess {number}", "X-GitHub-Event": "push"}, BODY)
        await forge.send({"X-Monitor-Token": forge.secret}, BODY, f"/api/hooks/guess-{number}")
    shown = await forge.shown()
    assert shown.deliveries == ()
    assert shown.refused == 100
    assert len(await forge.world.app.store.journal(limit=100_000)) == before
    assert (await forge.github()).status_code == 202, "and who has the secret is let in all the same"


async def test_a_flood_with_the_right_secret_is_bounded(forge: Forge) -> None:
    codes = [(await forge.github(event="star")).status_code for _ in range(620)]
    assert codes[:600] == [202] * 600
    assert set(codes[600:]) == {429}
    await forge.after(2)
    assert (await forge.github()).status_code == 202


async def test_only_post_is_taken(forge: Forge) -> None:
    web = Web(forge.world)
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        one, other = await web.ask(method, forge.path), await web.ask(method, "/hooks/none")
        assert one.status_code == other.status_code == 405


async def test_a_session_or_key_opens_nothing_here(forge: Forge) -> None:
    admin = await forge.world.app.user("root", admin=True)
    web = await web_of(forge.world, admin)
    assert (await web.client.post(HOME + forge.path, json={})).status_code == 404


HOSTILE = (
    b"",
    b"null",
    b"[]",
    b"\xff\xfe",
    b"{" * 100_000,
    b'{"ref": 7, "after": [], "pusher": "x", "repository": 3, "deleted": "yes"}',
    b'{"ref": null}',
    json.dumps({"ref": "refs/heads/" + "x" * 5000, "after": "Z" * 40}).encode(),
    json.dumps({"ref": "refs/heads/-c core.sshCommand=x"}).encode(),
    json.dumps({"ref": "refs/heads/\u202e\x1b[31m\n", "pusher": {"name": "\x00\x1b]0;x\x07" * 50}}).encode(),
)


async def test_any_body_stays_data(forge: Forge) -> None:
    for body in HOSTILE:
        answer = await forge.send(proofs(forge, body)["github"], body)
        assert answer.status_code == 202
        delivery = await forge.after(2)
        for text in (delivery.branch, delivery.pusher, delivery.commit, delivery.event, delivery.reason):
            assert text.isprintable()
            assert len(text) <= 500
    assert all(call.source.branch == "main" for call in forge.world.host.machine.looks.asked)


async def test_a_body_larger_than_is_read_is_proven_and_prompts_all_the_same(forge: Forge) -> None:
    body = json.dumps({"ref": "refs/heads/main", "more": "x" * 3_000_000}).encode()
    assert (await forge.send(proofs(forge, body)["github"], body)).status_code == 202
    assert (await forge.after()).outcome is Outcome.RUN
    assert (await forge.send(proofs(forge, body)["github"], body[:-1] + b" ")).status_code == 404


async def test_a_body_that_is_too_large_is_refused_early(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_LARGEST", 1000)
    body = b"x" * 1001
    assert (await forge.send({"X-Monitor-Token": forge.secret}, body)).status_code == 413
    assert (await forge.send({"X-Monitor-Token": "wrong"}, body, "/api/hooks/none")).status_code == 413

    async def chunks() -> Any:
        for _ in range(11):
            yield b"x" * 100

    web = Web(forge.world)
    answer = await web.client.post(HOME + forge.path, content=chunks(), headers={"X-Monitor-Token": forge.secret})
    assert answer.status_code == 413


async def test_a_body_that_does_not_come_is_given_up(forge: Forge) -> None:
    never = asyncio.Event()

    async def slowly() -> Any:
        yield b"{"
        await never.wait()

    web = Web(forge.world)
    sent = asyncio.create_task(
        web.client.post(HOME + forge.path, content=slowly(), headers={"X-Monitor-Token": forge.secret})
    )
    await forge.world.clock.settle()
    assert not sent.done()
    await forge.github(event="star")
    await forge.world.clock.advance(11)
    assert (await sent).status_code == 408
