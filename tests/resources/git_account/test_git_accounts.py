"""Git accounts: named only with the right to use them, told to their own server and to nobody else."""

import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.build.calls import BuildImage
from monitor.abilities.git.calls import GitAuth, GitSource
from monitor.kernel.errors import Conflict, Forbidden, Invalid
from monitor.kernel.operation import Operation
from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.build import plan as build_plan
from monitor.resources.build.account import account_secrets
from monitor.resources.build.config import BuildConfig, ServerBuilder
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.git_account.plan import validate
from monitor.resources.git_account.spec import GitAccountConfig, GitService
from tests.core.world import World, refused, updating

TOKEN = "t0ken-4-the-forge/+x"
HOST_KEY = "git.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE0000000000000000000000000000000000000000000"


def config(**fields: Any) -> GitAccountConfig:
    return GitAccountConfig(**{"host": "git.example", "username": "ann", "token": TOKEN, **fields})


def make_key(folder: Path, passphrase: str = "", form: str = "RFC4716") -> str:
    command = ["ssh-keygen", "-q", "-t", "rsa" if form == "PEM" else "ed25519", "-m", form, "-N", passphrase]
    subprocess.run([*command, "-f", str(folder / "key")], check=True, stdin=subprocess.DEVNULL)
    return (folder / "key").read_text()


@pytest.mark.parametrize("form", ["RFC4716", "PEM"])
def test_a_key_is_taken_with_the_servers_own_keys_and_without_a_passphrase(tmp_path: Path, form: str) -> None:
    key = make_key(tmp_path, form=form)
    validate(None, config(private_key=key, known_hosts=f"# a comment\n{HOST_KEY}\n"))
    validate(None, config(private_key=key.replace("\n", "\r\n"), known_hosts=HOST_KEY))
    with pytest.raises(Invalid, match=r"run `ssh-keyscan git\.example`"):
        validate(None, config(private_key=key))
    with pytest.raises(Invalid, match=r"ssh-keyscan -p 2222 git\.example"):
        validate(None, config(host="git.example:2222", private_key=key))


@pytest.mark.parametrize("form", ["RFC4716", "PEM"])
def test_one_that_would_ask_for_a_passphrase_is_refused(tmp_path: Path, form: str) -> None:
    key = make_key(tmp_path, passphrase="secret", form=form)
    with pytest.raises(Invalid, match="has a passphrase"):
        validate(None, config(private_key=key, known_hosts=HOST_KEY))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"host": "h:0"}, "config.host"),
        ({"host": "h:99999"}, "config.host"),
        ({"host": "evil.example", "token": None}, "config.token"),
        ({"private_key": "ssh-ed25519 AAAA me", "known_hosts": HOST_KEY}, "config.private_key"),
        ({"private_key": "nonsense", "known_hosts": HOST_KEY}, "config.private_key"),
        ({"known_hosts": "git.example"}, "config.known_hosts"),
        ({"known_hosts": f"{HOST_KEY}\n-oProxyCommand=x y z"}, "config.known_hosts"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        validate(config(), config(**fields))
    assert [f.path for f in refusal.value.fields] == [field]


def building(name: str, **fields: Any) -> Operation[Any]:
    given = {
        "builder": {"kind": "server", "server": "host"},
        "source": {"url": "https://git.example/team/app.git"},
        **fields,
    }
    return updating(BUILD, name, config=given)


async def test_naming_one_takes_the_right_to_use_it(world: World) -> None:
    forge = await world.git_account("forge")
    await world.build("app")
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.EXECUTE)
    await world.grant(ann, "build", "", Level.WRITE)
    await world.grant(ann, "git_account", "forge", Level.WRITE)
    refusal = await refused(world, updating(BUILD, "app", config={"account": "forge"}), ann)
    assert isinstance(refusal, Forbidden)
    assert "use on git_account forge is needed" in refusal.message
    await world.grant(ann, "git_account", "forge", Level.READ, (Right.USE,))
    changed = await world.app.run(updating(BUILD, "app", config={"account": "forge"}), ann)
    assert changed.config.account == forge.id


async def test_the_job_carries_it_and_nothing_else_says_it(world: World) -> None:
    await world.git_account("forge")
    await world.build("app", account="forge")
    ended = await world.do(RunBuild(target="app"))
    assert ended.state == "succeeded", ended.error
    told = b64encode(f"ann:{TOKEN}".encode())
    store = world.app.store
    kinds = ("activity", "resource.build", "resource.git_account", "info.build")
    kept = [d.body for kind in kinds for d in await store.all(kind)]
    kept += [w.entry.body for w in await store.journal(limit=100_000)]
    for body in kept:
        assert TOKEN.encode() not in body
        assert told not in body


def test_what_git_is_told_of_a_token_is_redacted_too() -> None:
    told = account_secrets(GitAuth(host="h", username="ann", token=TOKEN))
    assert told == (b64encode(f"ann:{TOKEN}".encode()).decode(),)
    assert account_secrets(None) == account_secrets(GitAuth(host="h", private_key="k")) == ()


async def test_an_account_of_another_server_is_never_told_to_this_one(world: World) -> None:
    """Whoever may use an account but not read its token must not get it by naming a server of his own."""
    await world.git_account("forge")
    for url in ("https://evil.example/app", "https://git.example.evil.example/app", "https://git.example:8443/app"):
        name = f"app-{len(url)}"
        await world.build(name, account="forge", source=GitSource(url=url))
        refusal = await refused(world, RunBuild(target=name))
        assert isinstance(refusal, Conflict)
        assert "is not for" in refusal.message


async def test_an_account_without_what_the_protocol_needs_says_so(world: World) -> None:
    await world.git_account("forge")
    await world.build("app", account="forge", source=GitSource(url="git@git.example:team/app.git"))
    ended = await world.do(RunBuild(target="app"))
    assert (ended.state, "has no private key" in ended.error) == ("failed", True)
    with pytest.raises(Invalid, match="over ssh a git account with a key is needed"):
        await world.build("other", source=GitSource(url="git@git.example:team/app.git"))


async def test_it_is_kept_while_a_build_names_it(world: World) -> None:
    await world.git_account("forge")
    await world.build("app", account="forge")
    op: Any = world.app.core.parts.registry.operations["git_account.delete"]
    assert "in use by build app" in (await refused(world, op(target="forge"))).message


async def test_a_dockerfile_may_be_written_in_monitor_instead(world: World) -> None:
    await world.build("app", source=None, written="FROM scratch\n")
    ended = await world.do(RunBuild(target="app"))
    assert (ended.state, [s.name for s in ended.steps]) == ("succeeded", ["write", "build", "inspect"])
    with pytest.raises(Invalid, match="there is a source already"):
        await world.build("both", written="FROM scratch\n")
    empty = await world.build("empty", source=None)
    assert empty.not_now["build.run"] == build_plan.NO_SOURCE
    assert isinstance(await refused(world, RunBuild(target="empty")), Conflict)


def test_a_folder_of_the_host_is_a_host_power() -> None:
    def powers(url: str) -> frozenset[HostPower]:
        return build_plan.powers(BuildConfig(builder=ServerBuilder(server="s"), source=GitSource(url=url)))

    assert powers("file:///srv/git/app") == {HostPower.BUILD}
    assert powers("https://h/app") == powers("git@h:app") == frozenset()


def test_what_is_built_is_asked_for_whole() -> None:
    source = GitSource(url="https://h/app", tag="v1", submodules=True, folders=("a",))
    auth = GitAuth(host="h", token="t")
    given = BuildConfig(builder=ServerBuilder(server="s"), source=source)
    work = build_plan.work(given, "app", "0.0.1", (), tags=("latest",), accounts=build_plan.Accounts(git=auth))
    assert work == BuildImage(source=source, auth=auth, tags=("app:0.0.1", "app:latest"))


@pytest.mark.parametrize(
    ("url", "service", "page"),
    [
        ("https://github.com/a/b.git", GitService.OTHER, "https://github.com/a/b/commit/c0"),
        ("git@github.com:a/b.git", GitService.OTHER, "https://github.com/a/b/commit/c0"),
        ("https://gitlab.com/g/s/p.git", GitService.OTHER, "https://gitlab.com/g/s/p/-/commit/c0"),
        ("ssh://git@git.example:2222/a/b", GitService.GITEA, "https://git.example/a/b/commit/c0"),
        ("http://git.example:3000/a/b", GitService.GITEA, "http://git.example:3000/a/b/commit/c0"),
        ("https://git.example/a/b", GitService.OTHER, ""),
        ("file:///srv/a", GitService.GITEA, ""),
        ("https://github.com/a b/c".replace(" ", "%20"), GitService.OTHER, "https://github.com/a%20b/c/commit/c0"),
    ],
)
def test_a_commit_links_to_its_page_where_that_is_known(url: str, service: GitService, page: str) -> None:
    assert build_plan.commit_url(GitSource(url=url), "c0", service) == page
    assert build_plan.commit_url(None, "c0", service) == ""
