"""Command lines become operations, or complaints in the words of the command line."""

import io
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

from monitor.abilities.git.calls import GitSource
from monitor.cli.inputs import operation_from
from monitor.cli.parser import Parser, add_verbs
from monitor.cli.sources import Sources
from monitor.cli.verbs import verbs_of
from monitor.everything import everything
from monitor.kernel.errors import Invalid
from monitor.kernel.permission import Level, Right
from monitor.resources.build.config import Argument, ServerBuilder
from monitor.resources.deployment.fields.health import CommandHealth
from monitor.resources.deployment.operations.delete import Keep
from monitor.resources.deployment.values import BuiltImage, LiteralImage, PublishedPort, SecretVariable, Volume

REGISTRY = everything()
SERVER = ("--server", "alpha")
DEPLOYMENT = (*SERVER, "--image", "web:1")


def parse(group: str, *words: str) -> Any:
    """The operation a command line asks for."""
    parser = Parser(prog=f"monitor {group}")
    add_verbs(parser, REGISTRY, group)
    args = parser.parse_args(words)
    verb = next(v for v in verbs_of(REGISTRY, group) if v.word == words[0])
    return operation_from(verb.asked, verb.flags, args, Sources())


def created(*words: str) -> Any:
    """The config of a deployment so created."""
    return parse("deployment", "create", "web", *(SERVER if "--image" in words else DEPLOYMENT), *words).config


def created_build(*words: str) -> Any:
    """The config of a build so created."""
    return parse("build", "create", "web", "--builder", "alpha", *words).config


def test_what_is_not_given_keeps_its_default() -> None:
    made = parse("deployment", "create", "web", *DEPLOYMENT)
    assert (made.name, made.description, made.tags) == ("web", "", ())
    assert (made.config.network, made.config.pull, made.config.stop_timeout) == ("bridge", False, 10)


def test_scalars_switches_and_choices() -> None:
    config = created("--pull", "--stop-timeout", "30", "--stable-for", "0.5", "--restart", "no", "--network", "host")
    assert (config.pull, config.stop_timeout, config.stable_for) == (True, 30, 0.5)
    assert (config.restart.value, config.network) == ("no", "host")
    assert created("--no-pull").pull is False


def test_a_switch_that_says_no_itself_can_be_taken_back() -> None:
    assert parse("build", "update", "b", "--no-cache").config.no_cache is True
    assert parse("build", "update", "b", "--cache").config.no_cache is False


def test_text_forms_can_be_repeated() -> None:
    config = created("--port", "8080:80", "--port", "127.0.0.1:53:53/udp", "--volume", "data:/data:ro")
    assert config.ports == (
        PublishedPort(container=80, host=8080),
        PublishedPort(container=53, host=53, protocol="udp", address="127.0.0.1"),  # type: ignore[arg-type]
    )
    assert config.volumes == (Volume(source="data", target="/data", read_only=True),)


def test_text_forms_of_single_fields() -> None:
    assert created("--image", "build:app:1.2.3").image == BuiltImage(build="app", version="1.2.3")
    build = parse("build", "create", "app", "--builder", "alpha", "--source", "https://h/r#dev", "--argument", "A=b=c")
    assert build.config.builder == ServerBuilder(server="alpha")
    assert (build.config.source.url, build.config.source.branch) == ("https://h/r", "dev")
    assert build.config.arguments == (Argument(name="A", value="b=c"),)


def test_sizes_times_and_checks_as_docker_writes_them() -> None:
    made = created(
        *("--memory", "512m", "--memory-swap", "-1", "--shm-size", "1.5g", "--cpus", "1.5", "--pids-limit", "-1"),
        *("--health-check", 'CMD ["true"]', "--health-interval", "1m30s", "--ulimit", "nofile=5"),
        *("--network", "bridge", "--config-network", "front", "--config-network", "name=back,alias=db"),
        *("--dns", "10.0.0.2"),
        *("--tmpfs", "/run:size=64m", "--label", "a=b=c", "--sysctl", "net.a=1", "--log-option", "max-size=1m"),
    )
    assert (made.memory, made.memory_swap, made.shm_size, made.cpus) == (2**29, -1, 3 * 2**29, 1.5)
    assert (made.health_check, made.health_interval) == (CommandHealth(command=("true",)), 90)
    assert [network.name for network in made.networks] == ["front", "back"]
    assert (made.networks[1].aliases, made.dns, made.tmpfs[0].size) == (("db",), ("10.0.0.2",), 2**26)
    assert (made.labels[0].value, made.ulimits[0].soft, made.pids_limit) == ("b=c", 5, -1)
    with pytest.raises(Invalid, match="--memory: 'lots' is no size; write 512m"):
        created("--memory", "lots")


def test_json_stands_for_an_item_or_a_whole_list() -> None:
    assert created("--image", '{"kind":"image","image":"x"}').image == LiteralImage(image="x")
    assert created(
        "--port", '{"container":1}', "--port", '[{"container":2},{"container":3}]', "--port", "4"
    ).ports == tuple(PublishedPort(container=n) for n in (1, 2, 3, 4))
    assert created("--command", "sh", "--command=-c", "--command", "echo").command == ("sh", "-c", "echo")
    assert created("--command", '["sh", "-c"]').command == ("sh", "-c")


def test_secrets_come_from_files_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pw").write_text("from a file\n")
    given = created(
        "--secret-environment", f"PW=@{tmp_path}/pw", "--secret-environment", "KEEP", "--secret-environment", "AT=@@x"
    )
    assert given.secret_environment == (
        SecretVariable(name="PW", value="from a file"),
        SecretVariable(name="KEEP", value=None),
        SecretVariable(name="AT", value="@x"),
    )
    feed(monkeypatch, "typed\n")
    assert created("--secret-environment", "PW=-").secret_environment[0].value == "typed"
    feed(monkeypatch, "typed password")
    assert parse("user", "create", "ann", "--password", "-", "--admin").password == "typed password"


def test_env_files_and_files_are_read_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "web.env").write_text("A=1\n")
    monkeypatch.chdir(tmp_path)
    given = created(
        *("--env-file", "@web.env", "--secret-env-file", "s.env=@web.env", "--secret-env-file", "kept.env"),
        *("--container-file", "/etc/a=@web.env", "--container-file", "/etc/b=@@x", "--secret-file", "/run/a=@web.env"),
    )
    assert [(f.name, f.content) for f in given.env_files] == [("web.env", "A=1\n")]
    assert [(f.name, f.content) for f in given.secret_env_files] == [("s.env", "A=1\n"), ("kept.env", None)]
    assert [(f.path, f.content) for f in given.files] == [("/etc/a", "A=1\n"), ("/etc/b", "@x")]
    assert [(f.path, f.content) for f in given.secret_files] == [("/run/a", "A=1\n")]
    (tmp_path / "web.env").write_bytes(b"\xff")
    with pytest.raises(Invalid, match="not UTF-8"):
        created("--env-file", "@web.env")
    with pytest.raises(Invalid, match=r"write web\.env=@FILE"):
        created("--env-file", "web.env")


def test_only_secrets_are_read_from_files() -> None:
    assert created("--environment", "A=@nowhere").environment[0].value == "@nowhere"
    with pytest.raises(Invalid, match="nowhere cannot be read"):
        created("--secret-environment", "A=@nowhere")


def test_a_text_of_many_lines_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch\nCOPY a /\n")
    given = parse("build", "create", "tools", "--builder", "b", "--written", f"@{tmp_path}/Dockerfile").config
    assert given.written == "FROM scratch\nCOPY a /\n"
    assert parse("build", "create", "tools", "--builder", "b", "--written", "FROM x").config.written == "FROM x"
    feed(monkeypatch, "git.example.org ssh-ed25519 AAAA\n")
    account = parse("git-account", "create", "forge", "--host", "git.example.org", "--known-hosts", "-").config
    assert account.known_hosts == "git.example.org ssh-ed25519 AAAA\n"


def test_what_may_be_nothing_can_be_emptied() -> None:
    config = parse("build", "update", "app", "--no-account", "--no-source", "--written", "FROM x").config
    assert (config.account, config.source, config.written, config.image) == (None, None, "FROM x", UNSET)
    assert parse("build", "update", "app", "--account", "forge").config.account == "forge"
    with pytest.raises(SystemExit):
        parse("git-account", "update", "forge", "--no-token")  # null keeps a secret


def test_all_of_a_source_fits_on_one_line() -> None:
    said = "https://git.example.org/team/mono tag=v1 submodules folder=apps/web folder=libs"
    assert created_build("--source", said).source == GitSource(
        url="https://git.example.org/team/mono", tag="v1", submodules=True, folders=("apps/web", "libs")
    )
    assert created_build("--source", "git@git.example.org:web.git#main").source.branch == "main"
    assert created_build("--source", "https://git.example.org/web commit=1a2b3c4").source.commit == "1a2b3c4"
    for wrong in ("https://git.example.org/web v1", "https://git.example.org/web tag="):
        with pytest.raises(Invalid, match=r"--source: '(v1|tag=)' says nothing of a source"):
            created_build("--source", wrong)


def test_standard_input_serves_once(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "x")
    with pytest.raises(Invalid, match="twice"):
        created("--secret-environment", "A=-", "--secret-environment", "B=-")


def test_a_file_holds_the_config_and_flags_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml = tmp_path / "web.toml"
    toml.write_text('server = "beta"\nimage = {kind = "image", image = "web:9"}\nnetwork = "lan"\n')
    made = parse("deployment", "create", "web", "--file", str(toml), "--server", "alpha")
    assert (made.config.server, made.config.network, made.config.image.image) == ("alpha", "lan", "web:9")
    feed(monkeypatch, '{"server": "beta", "image": {"kind": "image", "image": "x"}}')
    assert parse("deployment", "create", "web", "--file", "-").config.server == "beta"


def test_a_file_may_be_a_resource_as_get_prints_it(tmp_path: Path) -> None:
    file = tmp_path / "web.json"
    file.write_text('{"id": "1", "name": "web", "tags": ["a"], "revision": 7, "config": {"pull": true}, "can": ["x"]}')
    update = parse("deployment", "update", "web", "--file", str(file))
    assert (update.revision, update.tags, update.config.pull) == (7, ("a",), True)


def test_lists_can_be_emptied() -> None:
    changed = parse("deployment", "update", "web", "--no-port", "--no-tag")
    assert (changed.config.ports, changed.tags) == ((), ())


def test_an_update_names_only_what_is_given() -> None:
    changed = parse("deployment", "update", "web", "--name", "new")
    assert (changed.target, changed.name, changed.config, changed.revision) == ("web", "new", UNSET, None)


def test_features_take_required_values_by_place() -> None:
    grant = parse("grant", "set", "ann", "deployment", "--resource", "web", "--level", "execute", "--right", "logs")
    assert (grant.user, grant.type, grant.resource) == ("ann", "deployment", "web")
    assert (grant.level, grant.rights) == (Level.EXECUTE, (Right.LOGS,))
    assert parse("deployment", "delete", "web", "--container", "keep").container is Keep.KEEP


@pytest.mark.parametrize(
    ("words", "called"),
    [
        (("create", "web", "--image", "x"), "--server"),
        (("create", "web", "--server", "s"), "--image"),
        (("create", "web", *DEPLOYMENT, "--port", "x"), "--port"),
        (("create", "web", *DEPLOYMENT, "--port", "70000"), "--port (ports[0].container)"),
        (("create", "web", *DEPLOYMENT, "--volume", "a"), "--volume"),
        (("create", "web", *DEPLOYMENT, "--stop-timeout", "soon"), "--stop-timeout"),
        (("create", "web", *DEPLOYMENT, "--stop-timeout", "-1"), "--stop-timeout"),
        (("create", "web", *SERVER, "--image", "{nope"), "--image"),
        (("create", "web", *DEPLOYMENT, "--environment", "NOVALUE"), "--environment"),
        (("log", "web", "--tail", "-2"), "--tail"),
    ],
)
def test_what_is_wrong_is_called_by_its_flag(words: tuple[str, ...], called: str) -> None:
    with pytest.raises(Invalid) as wrong:
        parse("deployment", *words)
    assert [field.path for field in wrong.value.fields] == [called]


def test_of_two_values_none_is_dropped_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        created("--network", "front", "--network", "back")
    assert "argument --network: given twice, and it takes one value" in capsys.readouterr().err


def test_files_of_a_container_are_not_taken_for_the_file_with_its_config() -> None:
    create = next(verb for verb in verbs_of(REGISTRY, "deployment") if verb.word == "create")
    words = {flag.path: flag.name for flag in create.flags}
    assert (words[("config", "files")], words[("config", "networks")]) == ("--container-file", "--config-network")


def test_an_unknown_key_in_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "web.toml"
    file.write_text('servr = "alpha"\nimage = {kind = "image", image = "x"}\nserver = "a"\n')
    with pytest.raises(Invalid, match=r"config\.servr: unknown field"):
        parse("deployment", "create", "web", "--file", str(file))
    file.write_text("not toml")
    with pytest.raises(Invalid, match="no valid TOML"):
        parse("deployment", "create", "web", "--file", str(file))


def test_a_password_is_never_asked_for_where_nobody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "")
    with pytest.raises(Invalid, match="Password is needed"):
        parse("user", "create", "ann")


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let standard input hold this."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
