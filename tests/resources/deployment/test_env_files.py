"""Env files and files of a deployment: read as Docker reads them, put where they are said to be, and never leaked."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.container.calls import HostedFile
from monitor.kernel.errors import Invalid
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.body import environment, files
from monitor.resources.deployment.envfile import secret_values, variables
from monitor.resources.deployment.fields.files import SecretEnvFile, SecretFile
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.deployment.plan import validate
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.world import World, updating
from tests.matrix.test_powers import creating
from tests.resources.deployment.test_body import config

READ: list[tuple[str, dict[str, str]]] = [
    ("", {}),
    ("A=b", {"A": "b"}),
    ("A=b\nC=d\n", {"A": "b", "C": "d"}),
    ("A=b\r\nC=d\r\n", {"A": "b", "C": "d"}),
    ("A=", {"A": ""}),
    ("A=b=c", {"A": "b=c"}),
    ("# a comment\n\n   # another\n A=b", {"A": "b"}),
    ("A=b # no comment", {"A": "b # no comment"}),
    ('A="quoted"', {"A": '"quoted"'}),
    ("A='$HOME $(x)'", {"A": "'$HOME $(x)'"}),
    ("A= b ", {"A": " b "}),
    ("\ufeffA=b", {"A": "b"}),
    ("A=b\nA=c", {"A": "c"}),
    ("\tA.b-c=d", {"A.b-c": "d"}),
]


@pytest.mark.parametrize(("text", "means"), READ)
def test_read_as_docker_does(text: str, means: dict[str, str]) -> None:
    assert variables(text) == means


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("=b", "line 1 has no name"),
        ("A=b\nC", "line 2 has no '='; write NAME=value"),
        ("A B=c", "line 1: a name has no white space"),
        ("A =c", "line 1: a name has no white space"),
        ("export A=b", "line 1: a name has no white space"),
    ],
)
def test_refused_with_the_line(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        variables(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert all(len(value) >= 6 for value in secret_values(text))
    try:
        found = variables(text)
    except ValueError as refusal:
        found = {}
        text = str(refusal)
        matches = text.startswith("line ")
    else:
        matches = True
    assert matches
    assert all(key and "=" not in key for key in found)


def test_later_ones_win() -> None:
    made = config(
        env_files=[{"name": "one", "content": "A=1\nB=1\nC=1\nD=1"}, {"name": "two", "content": "B=2\nC=2\nD=2"}],
        secret_env_files=[{"name": "one", "content": "C=3\nD=3"}],
        environment=[{"name": "D", "value": "4"}],
        secret_environment=[{"name": "E", "value": "5"}],
    )
    assert environment(made) == {"A": "1", "B": "2", "C": "3", "D": "4", "E": "5"}


def test_files_in_the_hosts_words() -> None:
    made = config(
        files=[{"path": "/etc/a", "content": "x"}],
        secret_files=[{"path": "/run/b", "content": "y", "mode": "600", "uid": 7, "gid": 8}],
    )
    assert files(made) == (
        HostedFile(path="/etc/a", content="x", mode=0o644, uid=0, gid=0),
        HostedFile(path="/run/b", content="y", mode=0o600, uid=7, gid=8),
    )


FILE = {"path": "/etc/a"}
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"env_files": [{"name": "a", "content": "B"}]}, "config.env_files[a].content", "line 1 has no '='"),
    ({"secret_env_files": [{"name": "a", "content": "="}]}, "config.secret_env_files[a].content", "line 1 has no name"),
    ({"env_files": [{"name": "a"}, {"name": "a"}]}, "config.env_files", "given twice"),
    (
        {"secret_env_files": [{"name": "a", "content": "A=b\n" * 500}]},
        "config.secret_env_files[a].content",
        "500 lines",
    ),
    ({"secret_files": [{**FILE, "content": "\n" * 500}]}, "config.secret_files[/etc/a].content", "500 lines"),
    ({"files": [FILE], "secret_files": [{**FILE, "content": "x"}]}, "config.files", "given twice"),
    ({"files": [{"path": "/etc/../a"}]}, "config.files[/etc/../a].path", "without dots"),
    ({"files": [{"path": "//a"}]}, "config.files[//a].path", "without dots"),
    ({"files": [{"path": "/etc/hosts"}]}, "config.files[/etc/hosts].path", "something of its own"),
    ({"files": [{"path": "/proc/a"}]}, "config.files[/proc/a].path", "something of its own"),
    ({"files": [FILE], "tmpfs": [{"path": "/etc"}]}, "config.files[/etc/a].path", "there is a tmpfs at /etc"),
    (
        {"files": [FILE], "volumes": [{"source": "data", "target": "/etc/"}]},
        "config.files[/etc/a].path",
        "there is a volume at /etc",
    ),
    ({"files": [FILE], "read_only": True}, "config.files", "read-only container"),
]


@pytest.mark.parametrize(("given", "field", "message"), REFUSED, ids=str)
def test_refused(given: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(Invalid) as refusal:
        validate(None, config(**given))
    [named] = refusal.value.fields
    assert named.path == field
    assert message in named.message


SECRET = "c4n/ary$+value"
ENV = f"# of the shop\nPORT=8080\nAPI_KEY={SECRET}\n"
FILE_TEXT = "first line of it\nan0ther canary line\n"


async def secret_world(world: World) -> None:
    given = {
        "secret_env_files": [{"name": "shop.env", "content": ENV}],
        "secret_files": [{"path": "/run/token", "content": FILE_TEXT}],
    }
    await world.app.run(creating("web", **given))


async def kept(world: World) -> bytes:
    store = world.app.store
    kinds = ("activity", "resource.deployment", "info.deployment")
    found = [d.body for kind in kinds for d in await store.all(kind)]
    found += [w.entry.body for w in await store.journal(limit=100_000)]
    for activity in await world.activities():
        found += [r.data for r in await store.read(f"output/{activity.id}", 0, 100_000)]
    return b"\n".join(found)


async def test_they_reach_the_container_and_nothing_else(world: World) -> None:
    await secret_world(world)
    world.host.machine.exits["web:1"] = 1
    assert (await world.do(Deploy(target="web"))).state == "failed"
    del world.host.machine.exits["web:1"]
    assert (await world.do(Deploy(target="web"))).state == "succeeded"
    made = world.host.machine.named("web")
    assert made is not None
    assert made.body["Env"] == ["PORT=8080", f"API_KEY={SECRET}"]
    assert made.files == {"/run/token": FILE_TEXT}
    stored = await kept(world)
    for word in (SECRET, "canary line", "8080"):
        assert word.encode() not in stored
    resource: Any = world.app.core.parts.catalog.find("deployment", "web")
    assert resource.stored.config.secret_env_files == (SecretEnvFile(name="shop.env"),)
    assert resource.stored.config.secret_files == (SecretFile(path="/run/token"),)


async def test_what_a_program_prints_of_them_is_redacted(world: World) -> None:
    """Not only the file's lines: each value by itself, also one that was changed since."""
    await secret_world(world)
    await world.do(Deploy(target="web"))
    made = world.host.machine.named("web")
    assert made is not None
    made.lines += [f"key is {SECRET}".encode(), b"read: an0ther canary line", b"listening on 8080"]
    ann = await world.app.user("ann")
    await world.grant(ann, "deployment", "web", Level.READ, (Right.LOGS,))
    for _ in range(2):
        lines = [line.text for line in (await world.app.run(ReadLog(target="web"), ann)).lines]
        assert lines == ["key is ********", "read: ********", "listening on 8080"]
        change = {"config": {"secret_env_files": [{"name": "shop.env", "content": "API_KEY=another-value"}]}}
        await world.app.run(updating(DEPLOYMENT, "web", **change))


async def test_null_keeps_the_one_of_the_same_name(world: World) -> None:
    await secret_world(world)
    change = {
        "secret_env_files": [{"name": "new.env", "content": "B=c"}, {"name": "shop.env"}],
        "secret_files": [{"path": "/run/token", "mode": "0440"}],
    }
    await world.app.run(updating(DEPLOYMENT, "web", config=change))
    await world.do(Deploy(target="web"))
    made = world.host.machine.named("web")
    assert made is not None
    assert made.body["Env"] == ["B=c", "PORT=8080", f"API_KEY={SECRET}"]
    assert made.files == {"/run/token": FILE_TEXT}
    moved = updating(DEPLOYMENT, "web", config={"secret_files": [{"path": "/run/else"}]})
    with pytest.raises(Invalid, match="there is none stored to keep"):
        await world.app.run(moved)


def test_the_api_says_they_are_write_only() -> None:
    document = msgspec.json.schema(SecretEnvFile)
    content = document["$defs"]["SecretEnvFile"]["properties"]["content"]
    assert (content["x-secret"], content["writeOnly"]) == (True, True)
