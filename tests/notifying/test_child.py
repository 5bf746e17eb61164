"""The process that sends, as it is: what arrives, what it may not touch, and that nothing holds core up."""

import asyncio
import hashlib
import hmac
import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from monitor.features.notifying import child
from monitor.kernel.clock import SystemClock
from monitor.notifier.task import Endpoint, Outcome, Task
from tests.notifying.places import http_place, mail_place
from tests.ports import own_address

SECRET = "0123456789abcdef"


async def sent(service: str, url: str, *allowed: Endpoint, **more: Any) -> Outcome:
    given: dict[str, Any] = {"subject": "Disk full", "text": "It *is* full <b>", "body": '{"a":1}', "secret": SECRET}
    task = Task(service=service, url=url, id="01D", severity="critical", allowed=allowed, **{**given, **more})
    return await child.send(SystemClock(), task)


async def test_a_webhook_is_signed_and_its_signature_checks_out() -> None:
    with http_place() as place:
        outcome = await sent("webhook", f"http://127.0.0.1:{place.port}/hook?x=1", place.endpoint)
    assert outcome == Outcome(delivered=True)
    [asked] = place.asked
    assert (asked.path, asked.body) == ("/hook?x=1", b'{"a":1}')
    stamp = asked.headers["x-monitor-timestamp"]
    expected = hmac.new(SECRET.encode(), f"{stamp}.".encode() + asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["x-monitor-signature"] == f"v1={expected}"
    assert abs(time.time() - int(stamp)) < 60
    assert asked.headers["x-monitor-delivery"] == "01D"


async def test_ntfy_gotify_and_mail_arrive() -> None:
    with http_place() as place, mail_place() as post:
        here = f"127.0.0.1:{place.port}"
        ntfy = await sent("ntfy", f"ntfy://{here}/a-topic", place.endpoint)
        gotify = await sent("gotify", f"gotify://{here}/a-token-of-it", place.endpoint)
        mail = f"mailto://127.0.0.1:{post.port}?from=monitor@example.org&to=ops@example.org&mode=insecure"
        mailed = await sent("mail", mail, post.endpoint)
    assert [ntfy, gotify, mailed] == [Outcome(delivered=True)] * 3
    assert json.loads(place.asked[0].body)["message"] == "It *is* full <b>"
    assert json.loads(place.asked[1].body)["title"] == "Disk full"
    [mail_said] = [asked.body.decode() for asked in post.asked]
    assert "rcpt TO:<ops@example.org>" in mail_said
    assert "It *is* full <b>" in mail_said


@pytest.mark.parametrize(("status", "refused"), [(401, True), (500, True), (429, False), (503, False)])
async def test_a_refusal_is_told_and_whether_others_may_pass(status: int, refused: bool) -> None:
    with http_place() as place:
        place.status = status
        hook = await sent("webhook", f"http://127.0.0.1:{place.port}/hook", place.endpoint)
        ntfy = await sent("ntfy", f"ntfy://127.0.0.1:{place.port}/a-topic", place.endpoint)
    assert (hook.delivered, ntfy.delivered) == (False, False)
    assert (hook.refused, ntfy.refused) == (refused, refused)
    assert f"answered {status}" in hook.error
    assert str(status) in ntfy.error


@pytest.mark.parametrize(("said", "refused"), [(b"552 too much", True), (b"451 later", False)])
async def test_the_same_of_what_a_mail_server_says(said: bytes, refused: bool) -> None:
    with mail_place() as post:
        post.answer = said
        mail = f"mailto://127.0.0.1:{post.port}?from=monitor@example.org&to=ops@example.org&mode=insecure"
        outcome = await sent("mail", mail, post.endpoint)
    assert (outcome.delivered, outcome.refused) == (False, refused)
    assert said[:3].decode() in outcome.error


async def test_where_nobody_listens_nothing_was_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        here = Endpoint("127.0.0.1", gone.getsockname()[1])
    hook = await sent("webhook", f"http://127.0.0.1:{here.port}/hook", here)
    ntfy = await sent("ntfy", f"ntfy://127.0.0.1:{here.port}/a-topic", here)
    assert [(one.delivered, one.refused) for one in (hook, ntfy)] == [(False, False)] * 2


async def test_a_refusal_that_says_nonsense_is_told_by_its_status() -> None:
    with http_place() as place:
        place.status, place.answer = 502, b"\0" * 100_000
        outcome = await sent("webhook", f"http://127.0.0.1:{place.port}/hook", place.endpoint)
    assert outcome.error.startswith("answered 502")


async def test_no_redirect_is_followed() -> None:
    with http_place() as place, http_place() as other:
        place.status, place.location = 307, f"http://127.0.0.1:{other.port}/"
        for service, url in (("webhook", "http"), ("ntfy", "ntfy"), ("mattermost", "mmost")):
            tail = "a-token-of-it-that-is-long"
            outcome = await sent(service, f"{url}://127.0.0.1:{place.port}/{tail}", place.endpoint, other.endpoint)
            assert not outcome.delivered
    assert len(place.asked) == 3
    assert other.asked == []


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "localhost", "[::1]", "0"])
async def test_what_a_name_leads_to_counts_when_it_is_connected_to(host: str) -> None:
    with http_place() as place:
        outcome = await sent("webhook", f"http://{host}:{place.port}/hook")
    assert not outcome.delivered
    assert "nothing is sent there" in outcome.error
    assert place.asked == []


async def test_apprise_is_held_to_the_same() -> None:
    with http_place() as place:
        ntfy = await sent("gotify", f"gotify://localhost:{place.port}/a-token-of-it")
        mail = await sent("mail", f"mailto://mail.example.org?smtp=127.1:{place.port}&from=a@b.de&to=c@d.de")
    assert "nothing is sent there" in ntfy.error
    assert not mail.delivered
    assert place.asked == []


async def test_where_monitor_itself_listens_nothing_is_sent() -> None:
    here = own_address()
    with socket.create_server((here, 0)) as core:
        port = core.getsockname()[1]
        as_core = await sent("webhook", f"http://{here}:{port}/", own_port=port)
        as_periphery = await sent("webhook", f"http://{here}:{port}/", own=(Endpoint(here, port),))
        beside_core = await sent("webhook", f"http://{here}:{port}/", own=(Endpoint("127.0.0.1", port),))
    for outcome in (as_core, as_periphery, beside_core):
        assert "where Monitor itself listens" in outcome.error


async def test_it_has_nothing_of_core_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service whose code does all it should not: each is refused, and the environment is empty."""
    kept = tmp_path / "secrets.key"
    kept.write_text("the key")
    monkeypatch.setenv("MONITOR_CORE_SECRET", "x")
    evil = f"""
import os, socket, subprocess, sys
sys.path.insert(0, {str(child._ROOT)!r})
from monitor.notifier.guard import Guard, NotAllowed
from monitor.notifier.task import Task
open_ones = [fd for fd in range(3, 64) if os.path.exists(f"/proc/self/fd/{{fd}}")]
Guard(Task(service="x", url="", id="", subject="", text="")).stand()
tried = {{
    "read": lambda: open({str(kept)!r}),
    "environ": lambda: open(f"/proc/{{os.getppid()}}/environ", "rb"),
    "write": lambda: open("here", "w"),
    "write below": lambda: open(os.path.join(os.path.dirname(os.__file__), "x.py"), "w"),
    "run": lambda: subprocess.run(["true"]),
    "shell": lambda: os.system("true"),
    "fork": lambda: os.fork(),
    "unix": lambda: socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"),
    "datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("10.0.0.1", 53)),
    "send": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("10.0.0.1", 53)),
    "loopback": lambda: socket.create_connection(("127.0.0.1", 9)),
    "cloud": lambda: socket.create_connection(("169.254.169.254", 80)),
}}
out = []
for name, do in tried.items():
    try:
        do()
        out.append(name)
    except NotAllowed:
        pass
print("through:", out, "environment:", [k for k in os.environ if "MONITOR" in k], "files:", open_ones)
"""
    handle = os.open(kept, os.O_RDONLY)  # as core has open files of its own
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-s", "-P", "-c", evil),
        stdout=asyncio.subprocess.PIPE,
        cwd=tmp_path,
        env=child._environment(str(tmp_path)),
        start_new_session=True,
    )
    said, _ = await process.communicate()
    os.close(handle)
    assert said.decode().strip() == "through: [] environment: [] files: []"


async def test_one_that_hangs_is_ended_with_all_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WITHIN", 3.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begun = time.monotonic()
        outcome = await sent("webhook", f"http://127.0.0.1:{port}/", Endpoint("127.0.0.1", port))
    assert outcome == Outcome(delivered=False, error="it was not done within 3 s")
    assert time.monotonic() - begun < 10


async def test_nonsense_as_a_task_is_an_outcome_too() -> None:
    outcome = await sent("no_such_service", "x://y")
    assert not outcome.delivered
    assert "KeyError" in outcome.error
    assert msgspec.json.decode(msgspec.json.encode(outcome), type=Outcome) == outcome
