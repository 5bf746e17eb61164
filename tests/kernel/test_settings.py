"""Settings: layers win in order, every wrong key is named with its place, secrets stay hidden."""

from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Struct

from monitor.kernel.errors import Invalid
from monitor.kernel.marks import SECRET, shown
from monitor.kernel.settings import Loaded, load


class Policy(Struct, frozen=True, kw_only=True):
    """Nested."""

    bind: bool = False
    roots: tuple[str, ...] = ()


class Example(Struct, frozen=True, kw_only=True):
    """What is loaded."""

    port: int = 8120
    state: Path = Path("/var/lib/x")
    password: Annotated[str, SECRET] = ""
    key_file: str = ""
    allowed: Annotated[tuple[str, ...], shown("Allowed")] = ()
    policy: Policy = Policy()


def read(
    files: list[Path] | None = None, env: dict[str, str] | None = None, flags: dict[str, object] | None = None
) -> Loaded[Example]:
    return load(Example, "MONITOR_X_", files=files or [], environment=env or {}, flags=flags)


def toml(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def test_layers_win_in_order_and_say_where_they_are_from(tmp_path: Path) -> None:
    first = toml(tmp_path, "a.toml", 'port = 1\nstate = "/a"\n[policy]\nbind = true\nroots = ["/srv"]\n')
    second = toml(tmp_path, "b.toml", 'port = 2\nstate = "/b"\n')
    loaded = read([first, second], {"MONITOR_X_PORT": "3", "MONITOR_X_POLICY__ROOTS": "/a, /b"}, {"port": "4"})
    assert loaded.value == Example(port=4, state=Path("/b"), policy=Policy(bind=True, roots=("/a", "/b")))
    shown = {row.name: (row.value, row.source) for row in loaded.show()}
    assert shown["port"] == ("4", "flag --port")
    assert shown["state"] == ("/b", f"file {second}")
    assert shown["policy.bind"] == ("true", f"file {first}")
    assert shown["policy.roots"] == ('["/a","/b"]', "environment MONITOR_X_POLICY__ROOTS")
    assert shown["password"] == ("not set", "default")


def test_a_value_may_stand_in_a_file_and_secrets_are_hidden(tmp_path: Path) -> None:
    secret = toml(tmp_path, "secret", "hunter2\n")
    loaded = read(env={"MONITOR_X_PASSWORD_FILE": str(secret), "MONITOR_X_KEY_FILE": "/k"})
    assert loaded.value.password == "hunter2"
    assert loaded.value.key_file == "/k"
    assert {row.value for row in loaded.show() if row.name == "password"} == {"hidden"}


def test_files_may_be_named_by_the_environment(tmp_path: Path) -> None:
    path = toml(tmp_path, "a.toml", "port = 5")
    assert read(env={"MONITOR_X_CONFIG": str(path)}).value.port == 5


def test_every_wrong_key_is_named_with_its_place_and_the_nearest(tmp_path: Path) -> None:
    path = toml(tmp_path, "a.toml", "prot = 1\n[policy]\nbimd = true\n[other]\nx = 1\n")
    with pytest.raises(Invalid) as wrong:
        read([path], {"MONITOR_X_PORT": "many", "MONITOR_X_STAT": "/x"}, {"policy.rots": "/"})
    said = {error.path: error.message for error in wrong.value.fields}
    assert said["prot"] == f"unknown setting (file {path}); did you mean port?"
    assert said["policy.bimd"].endswith("did you mean policy.bind?")
    assert said["stat"] == "unknown setting (environment MONITOR_X_STAT); did you mean state?"
    assert said["policy.rots"] == "unknown setting (flag --policy-rots); did you mean policy.roots?"
    assert said["port"] == "Expected `int`, got `str` (environment MONITOR_X_PORT)"
    assert "other" in said


@pytest.mark.parametrize("text", ["port = ", "port = [1"])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = toml(tmp_path, "a.toml", text)
    with pytest.raises(Invalid, match=r"a\.toml is no valid TOML"):
        read([path])
    with pytest.raises(Invalid, match="No such file"):
        read([tmp_path / "absent.toml"])


def test_a_value_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="not both"):
        read(env={"MONITOR_X_PASSWORD": "a", "MONITOR_X_PASSWORD_FILE": str(tmp_path)})


def test_a_list_may_be_given_as_text_between_commas() -> None:
    assert read(env={"MONITOR_X_ALLOWED": "10.0.0.1, ::1"}).value.allowed == ("10.0.0.1", "::1")
    assert read(flags={"allowed": "10.0.0.1"}).value.allowed == ("10.0.0.1",)
    assert read(env={"MONITOR_X_ALLOWED": ""}).value.allowed == ()
