"""Commands against a real core on loopback, in this process: what they print, and how they end."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.container import sim_log
from monitor.cli.exits import Exit
from monitor.kernel.clock import SystemClock
from tests.cli.conftest import Run
from tests.client.served import PASSWORD, ServedCore


def create(monitor: Run, name: str, *more: str) -> None:
    made = monitor("deployment", "create", name, "--server", "alpha", "--image", "web:1", "--stable-for", "0", *more)
    assert (made.code, made.out, made.err) == (0, f"deployment {name} created (revision 1)\n", "")


def answer(monitor: Run, *words: str) -> Any:
    ran = monitor(*words, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_create_list_get_update_delete(monitor: Run) -> None:
    assert monitor("server", "create", "beta", "--address", "10.0.0.9", "--tag", "lab").code == 0
    rows = monitor("server", "ls", "--tag", "lab").out.splitlines()
    assert rows[0].split() == ["NAME", "STATE", "ADDRESS", "CPU", "MEMORY", "DISK", "RUNNING", "TAGS"]
    assert rows[1].split() == ["beta", "waiting", "10.0.0.9", "0", "lab"]
    assert len(rows) == 2
    shown = monitor("server", "get", "beta").out
    assert "  address:           10.0.0.9\n" in shown
    assert (
        monitor("server", "update", "beta", "--port", "9000", "--revision", "1").out
        == "server beta updated (revision 2)\n"
    )
    assert answer(monitor, "server", "get", "beta")["config"]["port"] == 9000
    outdated = monitor("server", "update", "beta", "--port", "1", "--revision", "1")
    assert (outdated.code, outdated.out) == (Exit.FAILED, "")
    assert monitor("server", "delete", "beta", "--yes").out == "delete: done\n"
    gone = monitor("server", "get", "beta")
    assert (gone.code, gone.out) == (Exit.REFUSED, "")
    assert gone.err == "monitor: there is no server called 'beta'\n"


def test_what_get_prints_can_be_given_back(monitor: Run, home: Path) -> None:
    create(monitor, "edited", "--port", "8080:80", "--secret-environment", "PW=hunter2")
    file = home / "edited.json"
    text = monitor("deployment", "get", "edited", "--json").out
    assert "hunter2" not in text
    file.write_text(text.replace("8080", "8081"))
    assert (
        monitor("deployment", "update", "edited", "--file", str(file)).out == "deployment edited updated (revision 2)\n"
    )
    assert answer(monitor, "deployment", "get", "edited")["config"]["ports"][0]["host"] == 8081
    update = answer(monitor, "activity", "ls", "--operation", "deployment.update")["items"][0]["id"]
    assert "change       config.ports: " in monitor("activity", "get", update).out
    again = monitor("deployment", "update", "edited", "--file", str(file))
    assert again.code == Exit.FAILED  # the file is of revision 1


def test_lists_tell_of_further_pages(monitor: Run) -> None:
    for number in range(3):
        monitor("server", "create", f"page-{number}", "--tag", "pages")
    first = monitor("server", "ls", "--tag", "pages", "--limit", "2")
    assert len(first.out.splitlines()) == 3
    assert first.err == "2 of 3 shown; --all for the rest\n"
    everything = monitor("server", "ls", "--tag", "pages", "--limit", "2", "--all")
    assert (len(everything.out.splitlines()), everything.err) == (4, "")
    assert answer(monitor, "server", "list", "--tag", "pages")["total"] == 3
    assert monitor("server", "ls", "--tag", "none").err == "nothing to show\n"


def test_references_are_shown_by_name(monitor: Run, served: ServedCore) -> None:
    create(monitor, "named")
    assert monitor("deployment", "ls", "--search", "named").out.splitlines()[1].split()[2] == "alpha"


def test_an_action_is_followed_to_its_end(monitor: Run) -> None:
    create(monitor, "followed")
    done = monitor("deployment", "deploy", "followed")
    assert (done.code, done.err) == (Exit.DONE, "")
    assert "== create\n" in done.out
    assert "== start: succeeded" in done.out
    assert done.out.splitlines()[-1].startswith("deployed web:1 (")


def test_a_failed_action_says_why_and_fails(monitor: Run, served: ServedCore) -> None:
    create(monitor, "failing")
    served.host.machine.exits["web:1"] = 3
    try:
        failed = monitor("deployment", "deploy", "failing")
        quiet = monitor("deployment", "deploy", "failing", "--wait")
        counted = monitor("deployment", "deploy", "failing", "--json")
    finally:
        served.host.machine.exits.clear()
    assert failed.code == quiet.code == counted.code == Exit.FAILED
    assert "== verify: failed (exit code 3" in failed.out
    assert failed.err.startswith("failed (")
    id = answer(monitor, "activity", "ls", "--limit", "1")["items"][0]["id"]
    record = monitor("activity", "get", id).out
    assert "on:          deployment failing\n" in record
    assert "step         verify: failed (exit code 3, " in record
    assert quiet.out == ""
    assert json.loads(counted.out)["state"] == "failed"


def test_an_action_can_be_left_alone_and_come_back_to(monitor: Run, served: ServedCore) -> None:
    create(monitor, "detached")
    served.host.machine.durations["start"] = 0.3
    try:
        left = monitor("deployment", "deploy", "detached", "--detach")
        assert left.code == Exit.DONE
        back = monitor("activity", "follow", left.out.strip())
    finally:
        served.host.machine.durations.clear()
    assert back.code == Exit.DONE
    assert "== start: succeeded" in back.out


def test_a_cancelled_action_ends_with_a_code_of_its_own(monitor: Run, served: ServedCore) -> None:
    create(monitor, "cancelled")
    served.host.machine.durations["start"] = 20
    try:
        left = monitor("deployment", "deploy", "cancelled", "--detach").out.strip()
        assert monitor("activity", "cancel", left).code == 0
        back = monitor("activity", "follow", left)
    finally:
        served.host.machine.durations.clear()
    assert back.code == Exit.ENDED
    assert back.err.startswith("cancelled")
    assert monitor("activity", "ls", "--state", "cancelled").out.splitlines()[1].split()[0] == left


def test_what_waits_says_its_place_and_what_for(monitor: Run, served: ServedCore) -> None:
    for name in ("first", "second"):
        monitor("build", "create", name, "--builder", "alpha", "--written", "FROM scratch")
    served.host.machine.durations["build"] = 20
    try:
        running = monitor("build", "run", "first", "--detach").out.strip()
        waiting = monitor("build", "run", "second", "--detach").out.strip()
        listed = monitor("activity", "ls", "--state", "queued").out.splitlines()[1]
        shown = monitor("activity", "get", waiting).out
        for activity in (waiting, running):
            monitor("activity", "cancel", activity)
    finally:
        served.host.machine.durations.clear()
    assert listed.endswith("queued  1st of 1 on its builder")
    assert "waits:       1st of 1 on its builder, after build.run first\n" in shown


def test_whoever_attaches_a_build_is_told_who_gains_power(monitor: Run) -> None:
    monitor("build", "create", "shared", "--builder", "alpha", "--written", "FROM scratch")
    made = monitor("deployment", "create", "attached", "--server", "alpha", "--image", "build:shared")
    assert made.out == "deployment attached created (revision 1)\n"
    assert made.err.startswith("note: Whoever can write the build shared (1 admin) decides what code runs in ")


def test_ctrl_c_leaves_it_running(monitor: Run, served: ServedCore, monkeypatch: pytest.MonkeyPatch) -> None:
    create(monitor, "left")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("monitor.cli.follow.Plain.record", interrupted)
    left = monitor("deployment", "deploy", "left")
    assert left.code == Exit.DETACHED
    activity = answer(monitor, "activity", "ls", "--limit", "1")["items"][0]
    assert f"monitor activity follow {activity['id']}" in left.err
    assert f"monitor activity cancel {activity['id']}" in left.err
    assert activity["cancel_requested"] is False


def test_a_log_is_read_and_followed(monitor: Run, served: ServedCore) -> None:
    create(monitor, "logging")
    monitor("deployment", "deploy", "logging", "--wait")
    container = served.host.machine.find("logging")
    container.lines += [b"one\n", b"\x1b[2Jtwo\n"]
    log = ("deployment", "log", "logging")
    assert monitor(*log, "--tail", "2").out == "one\n\x1b[2Jtwo\n"  # raw: it is no terminal
    lines = answer(monitor, *log, "--tail", "1")["lines"]
    assert [line["text"] for line in lines] == ["\x1b[2Jtwo"]
    container.write(SystemClock().now(), *(b"line %d" % n for n in range(300)), b"end")
    assert len(monitor(*log).out.splitlines()) == 100
    assert len(monitor(*log, "--tail", "all").out.splitlines()) == 303
    assert monitor(*log, "--search", "LINE 77").out == "line 77\n"
    assert monitor(*log, "--regex", "^line 7$", "--context", "1").out == "line 6\nline 7\nline 8\n"
    assert monitor(*log, "--since", "1h", "--until", "30m").out == ""
    assert re.fullmatch(r"\S+Z line 42\n", monitor(*log, "--timestamps", "--search", "line 42").out)
    assert monitor(*log, "--since", "soon").code == Exit.USAGE
    assert "--since: 'soon' is no time" in monitor(*log, "--since", "soon").err
    assert "--regex: is no pattern" in monitor(*log, "--regex", "(").err
    monitor("deployment", "remove", "logging", "--wait")


def test_a_log_is_followed_through_a_stop_until_its_container_is_gone(
    monitor: Run, served: ServedCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(monitor, "going")
    monitor("deployment", "deploy", "going", "--wait")
    machine = served.host.machine
    container = machine.find("going")
    container.write(SystemClock().now(), b"one", b"two")
    looks, written = 0, sim_log._written

    def looked(*given: Any) -> Any:
        nonlocal looks
        looks += 1
        return written(*given)

    async def two_looks() -> None:
        enough = looks + 2
        while looks < enough:
            await asyncio.sleep(0.01)

    async def go_on() -> None:
        await two_looks()
        machine.exit(container, 3)
        await two_looks()
        machine.start(container)
        container.write(SystemClock().now(), b"three")
        await two_looks()
        machine.remove(container)

    monkeypatch.setattr(sim_log, "_written", looked)

    going = asyncio.run_coroutine_threadsafe(go_on(), served._loop)
    ran = monitor("deployment", "log", "going", "-f", "--since", "1h")
    going.result(60)
    assert ran.code == Exit.DONE
    assert ran.out.splitlines() == ["one", "two", "three"]
    assert "the container has stopped: exit code 3" in ran.err
    assert "the container has started" in ran.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("deployment", "create", "x", "--server", "alpha", "--image", "a"), Exit.USAGE, "NAME: 'x' is no valid name"),
        (
            ("deployment", "create", "xx", "--server", "lost", "--image", "a"),
            Exit.USAGE,
            "--server: there is no server 'lost'",
        ),
        (("deployment", "create", "xx", "--image", "a"), Exit.USAGE, "--server: is required"),
        (("deployment", "deploy", "lost"), Exit.REFUSED, "there is no deployment called 'lost'"),
        (("deployment", "log", "lost", "-f"), Exit.REFUSED, "there is no deployment called 'lost'"),
        (("activity", "get", "lost"), Exit.REFUSED, "activity"),
        (("deployment", "ls", "--limit", "0"), Exit.USAGE, "--limit"),
        (("deployment", "ls", "--watch", "--tag", "a"), Exit.USAGE, "--tag: cannot be used together"),
        (("user", "create", "ann", "--password", "@/nowhere"), Exit.USAGE, "/nowhere cannot be read"),
        (("--profile", "lost", "server", "ls"), Exit.REFUSED, "there is no profile 'lost'"),
        (("server", "ls", "--url", "http://127.0.0.1:1"), Exit.UNREACHABLE, "does not answer"),
        (("server", "ls", "--url", "ftp://x"), Exit.USAGE, "no address of a core"),
    ],
)
def test_what_goes_wrong_is_one_or_two_lines(words: tuple[str, ...], code: Exit, said: str, monitor: Run) -> None:
    ran = monitor(*words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("monitor: ")
    assert said in ran.err
    assert len(ran.err.splitlines()) <= 2


def test_users_and_grants(monitor: Run, served: ServedCore, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(monitor, "granted")
    (home / "password").write_text("long enough\n")
    assert monitor("user", "create", "ann", "--password", f"@{home}/password").code == 0
    assert monitor("grant", "set", "ann", "deployment", "--resource", "granted", "--level", "read").code == 0
    row = monitor("grant", "ls").out.splitlines()[1].split()
    assert row[:4] == ["ann", "deployment", "granted", "read"]
    monkeypatch.setenv("MONITOR_PASSWORD", "long enough")
    assert monitor("login", served.url, "--name", "ann").code == 0
    monkeypatch.delenv("MONITOR_URL")
    monkeypatch.delenv("MONITOR_KEY")
    assert [one["name"] for one in answer(monitor, "deployment", "ls")["items"]] == ["granted"]
    refused = monitor("deployment", "deploy", "granted")
    assert refused.code == Exit.REFUSED
    assert monitor("user", "ls").code == Exit.REFUSED


def test_login_and_logout(run: Run, served: ServedCore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_PASSWORD", "wrong password")
    assert run("login", served.url, "--name", "admin").code == Exit.REFUSED
    monkeypatch.setenv("MONITOR_PASSWORD", PASSWORD)
    signed_in = run("login", served.url, "--name", "admin", "--as", "here", "--days", "1")
    assert (signed_in.code, signed_in.err) == (0, "")
    assert signed_in.out.startswith(f"signed in to {served.url} as admin (profile here, key good until ")
    assert answer(run, "session", "me")["user"]["name"] == "admin"
    keys = answer(run, "key", "ls")
    assert run("logout").out == f"signed out of {served.url} (profile here)\n"
    assert run("session", "me").code == Exit.REFUSED
    monkeypatch.setenv("MONITOR_URL", served.url)
    monkeypatch.setenv("MONITOR_KEY", served.key)
    assert len(answer(run, "key", "ls")) == len(keys) - 1


def test_hostile_text_stays_text(monitor: Run) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J[red]not markup[/red] \u202e"
    assert monitor("server", "create", "evil", "--description", evil).code == 0
    for shown in (monitor("server", "get", "evil").out, monitor("server", "ls", "--search", "evil").out):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "[red]not markup[/red]" in monitor("server", "get", "evil").out
    assert answer(monitor, "server", "get", "evil")["description"] == evil


def test_containers_of_all_servers_are_listed_with_names(monitor: Run, served: ServedCore) -> None:
    create(monitor, "placed")
    monitor("deployment", "deploy", "placed", "--wait")
    ran = monitor("server", "list-all-containers")
    assert ran.code == Exit.DONE, ran.err
    heading, *rows = ran.out.splitlines()
    assert heading.split() == ["SERVER", "NAME", "STATE", "HEALTH", "IMAGE", "PORTS", "PROJECT", "DEPLOYMENT"]
    row = next(row.split() for row in rows if " placed " in row)
    assert row == ["alpha", "placed", "running", "web:1", "placed"]
    monitor("deployment", "remove", "placed", "--wait")


def test_a_list_says_what_each_is_alerted_of(monitor: Run, served: ServedCore) -> None:
    create(monitor, "alerted")
    create(monitor, "calm")
    served.host.machine.exits["web:1"] = 3
    try:
        assert monitor("deployment", "deploy", "alerted", "--wait").code == Exit.FAILED
    finally:
        served.host.machine.exits.clear()
    lines = until(lambda: monitor("deployment", "ls").out, "warning")
    assert "ALERT" in lines.splitlines()[0].split()
    words = {line.split()[0]: "warning" in line.split() for line in lines.splitlines()[1:]}
    assert (words["alerted"], words["calm"]) == (True, False)
    id = answer(monitor, "alert", "ls", "--state", "open", "--text", "alerted")["items"][0]["id"]
    assert monitor("alert", "acknowledge", id).code == 0
    assert "warning, acknowledged" in monitor("deployment", "ls").out
    assert "alert" not in answer(monitor, "deployment", "ls")["items"][0]


def until(look: Callable[[], str], word: str) -> str:
    """What it says once that is in it: alerts come with core's next look."""
    by = time.monotonic() + 60
    while word not in (said := look()):
        assert time.monotonic() < by, said
        time.sleep(0.1)
    return said
