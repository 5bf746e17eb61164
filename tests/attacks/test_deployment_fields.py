"""Ten thousand hostile strings through every text of a deployment's config: each is refused where it stands, or the
Engine is asked for the same thing with another text in that one place, and for no host power the field hides.
"""

import io
import json
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitor.abilities.container.files import archive
from monitor.abilities.container.powers import host_powers
from monitor.kernel.errors import Invalid
from monitor.kernel.fields import mark_of, struct_hints
from monitor.kernel.permission import HostPower
from monitor.kernel.wire import from_user
from monitor.resources.deployment.body import engine_body, files
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.plan import validate
from tests.core.strategies import HOSTILE

MARK = "0"
"""Stands in a field where a hostile text is put: the shortest that fits nearly everywhere."""
FIELDS: dict[str, list[Any]] = {
    "container_name": ["00"],
    "entrypoint": [["0"]],
    "command": [["a", "0", "b"]],
    "working_dir": ["/0"],
    "user": ["0"],
    "stop_signal": ["0"],
    "environment": [[{"name": "A", "value": "0"}], [{"name": "0", "value": "a"}]],
    "secret_environment": [[{"name": "A", "value": "0"}], [{"name": "0", "value": "a"}]],
    "network": ["0"],
    "networks": [[{"name": "0"}], [{"name": "n", "aliases": ["0"]}]],
    "hostname": ["0"],
    "extra_hosts": [[{"name": "0", "address": "1.2.3.4"}], [{"name": "a", "address": "0"}]],
    "dns": [["0"]],
    "ports": [[{"container": 80, "address": "0"}]],
    "volumes": [[{"source": "00", "target": "/a"}], [{"source": "data", "target": "/0"}]],
    "tmpfs": [[{"path": "/0"}], [{"path": "/a", "mode": "0"}]],
    "cpuset_cpus": ["0"],
    "ulimits": [[{"name": "0", "soft": 1}]],
    "health_check": [{"kind": "command", "command": ["a", "0"]}, {"kind": "shell", "command": "0"}],
    "cap_add": [["0"]],
    "cap_drop": [["0"]],
    "group_add": [["0"]],
    "security_opt": [["0"]],
    "devices": [
        [{"path_on_host": "/0", "path_in_container": "/a"}],
        [{"path_on_host": "/a", "path_in_container": "/0"}],
        [{"path_on_host": "/a", "permissions": "0"}],
    ],
    "gpus": ["0"],
    "sysctls": [[{"name": "a.b", "value": "0"}], [{"name": "0", "value": "1"}]],
    "ipc_mode": ["0"],
    "pid_mode": ["0"],
    "uts_mode": ["0"],
    "userns_mode": ["0"],
    "log_driver": ["0"],
    "log_options": [[{"name": "max-size", "value": "0"}], [{"name": "0", "value": "1"}]],
    "labels": [[{"name": "a", "value": "0"}], [{"name": "0", "value": "1"}]],
}
"""Every text, by field; numbers, switches and references hold none."""
ELSEWHERE = {"server", "account", "image", "host_config", "probe", "auto_update"}
"""References, one of an image (test_hostile_images.py), one whose meaning is its structure, one that is asked for
and never in the body (test_container_probes.py), and one that is for core alone (test_auto_updates.py).
"""
TEXTS = {"env_files", "secret_env_files", "files", "secret_files"}
"""Whole texts, which have a test of their own below."""
MAPS = ("Labels", "Sysctls", "Tmpfs", "Config", "EndpointsConfig")
"""Objects whose keys are data."""
OPEN = ("DeviceRequests",)
"""What a text decides the structure of: `all`, a count, or devices."""
GIVEN = {"server": "s", "image": {"kind": "image", "image": "web:1"}}

PIECE = st.sampled_from((*HOSTILE, "a,b", "a:b", "ro", "--", "$(reboot)", "\r\n", "\0", "\u202e", "host", "/x"))
TEXT = (
    st.builds("".join, st.lists(PIECE, min_size=1, max_size=3))
    | st.text(max_size=30)
    | st.builds(lambda piece, times: (piece or "a") * times, PIECE, st.sampled_from((2, 50)))
)


def test_no_field_is_forgotten() -> None:
    hints = struct_hints(DeploymentConfig)
    plain = {name for name, hint in hints.items() if not isinstance(from_default(name), bool | int | float)}
    assert plain - ELSEWHERE - TEXTS - {"restart", "update_order"} == set(FIELDS), hints


def from_default(name: str) -> Any:
    return getattr(from_user(GIVEN, DeploymentConfig), name)


def put(value: Any, text: str) -> Any:
    """The value with the text where the mark is; a leading slash stays, or nothing would get any further."""
    if isinstance(value, dict):
        return {key: put(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [put(inner, text) for inner in value]
    if value in (MARK, "00"):
        return text
    return f"/{text}" if value == f"/{MARK}" else value


def skeleton(value: Any, path: str = "", *, keys_are_data: bool = False) -> Iterator[tuple[str, str]]:
    """Where what kind of value stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if keys_are_data or key not in OPEN:
                here = f"{path}.{'*' if keys_are_data else key}"
                yield from skeleton(inner, here, keys_are_data=not keys_are_data and key in MAPS)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from skeleton(inner, f"{path}[{index}]")
    else:
        yield path, type(value).__name__


def check(field: str, place: Any, text: str) -> bool:
    """Whether it was accepted."""
    if not fits(field, put(place, text)) and (field, len(text)) in REFUSED:
        return False  # said in the same words before
    REFUSED.add((field, len(text)))
    try:
        config = from_user({**GIVEN, field: put(place, text)}, DeploymentConfig)
        validate(None, config)
    except Invalid as refusal:
        named = [error.path.removeprefix("config.") for error in refusal.fields] or ["nothing"]
        wrong = [path for path in named if not path.startswith(field)]
    else:
        wrong, named = [], []
    assert not wrong, text
    if named:
        return False
    body = engine_body(config, "web:1", {"monitor.core": "c"})
    assert msgspec.json.encode(body)
    usual = USUAL[field, json.dumps(place)]
    is_, empty = set(skeleton(body)), text == "" or put(place, text) in ("", [""])
    assert is_ == usual or (empty and is_ <= usual), text
    assert host_powers(body) <= POWERS[field], text
    return True


def fits(field: str, value: Any) -> bool:
    """Whether the field's own type takes it; much quicker than the whole road."""
    try:
        msgspec.convert(value, struct_hints(DeploymentConfig)[field])
    except msgspec.ValidationError:
        return False
    return True


REFUSED: set[tuple[str, int]] = set()


def usual_body(field: str, place: Any) -> Any:
    """With a harmless text there, whatever the rules say of it."""
    config = from_user({**GIVEN, field: put(place, _text(field, place))}, DeploymentConfig)
    return engine_body(config, "web:1", {"monitor.core": "c"})


HARMLESS = {
    "cpuset_cpus": "1",
    "stop_signal": "9",
    "extra_hosts": "::1",
    "dns": "::1",
    "ports": "::1",
    "ulimits": "nofile",
    "cap_add": "CHOWN",
    "cap_drop": "ALL",
    "devices": "r",
    "gpus": "all",
    "tmpfs": "700",
}


def _text(field: str, place: Any) -> str:
    host_name = field == "extra_hosts" and place[0]["name"] == MARK
    return "aa" if host_name else HARMLESS.get(field, "aa")


PLACES = [(field, place) for field, places in FIELDS.items() for place in places]
USUAL = {(field, json.dumps(place)): set(skeleton(usual_body(field, place))) for field, place in PLACES}
POWERS = {
    field: frozenset(map(HostPower, mark_of(struct_hints(DeploymentConfig)[field], "host_power") or ()))
    for field in FIELDS
}
BOUNDED = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=[Phase.generate],
)


@BOUNDED
@given(st.lists(TEXT, min_size=50, max_size=50))
def test_hostile_text_stays_text(strings: list[str]) -> None:
    for text in strings:
        for field, place in PLACES:
            check(field, place, text)


PLAIN = engine_body(from_user(GIVEN, DeploymentConfig), "web:1", {"monitor.core": "c"})
"""Whatever the files are."""


@BOUNDED
@given(st.lists(TEXT, min_size=50, max_size=50))
def test_hostile_files_stay_files(strings: list[str]) -> None:
    for text in strings:
        for kind in TEXTS:
            check_text(kind, {"name": "a", "path": "/a", "content": text})
            check_text(kind, {"name": text, "path": f"/{text}", "content": "A=b"})


def check_text(kind: str, item: dict[str, str]) -> None:
    wanted = {k: v for k, v in item.items() if k == "content" or (k == "path") == (kind in ("files", "secret_files"))}
    try:
        config = from_user({**GIVEN, kind: [wanted]}, DeploymentConfig)
        validate(None, config)
    except Invalid as refusal:
        wrong = [error.path for error in refusal.fields if not error.path.removeprefix("config.").startswith(kind)]
    else:
        wrong = []
        body = engine_body(config, "web:1", {"monitor.core": "c"})
        assert body | {"Env": []} == PLAIN
        assert all("=" in variable and not variable.startswith("=") for variable in body["Env"])
        with tarfile.open(fileobj=io.BytesIO(archive(files(config), datetime.now(UTC))), mode="r:") as packed:
            entries = [(entry.name, entry.isreg(), packed.extractfile(entry)) for entry in packed]
        told = [(f"/{name}", regular) for name, regular, _ in entries]
        assert told == [(file.path, True) for file in (*config.files, *config.secret_files)]
        assert "path" in wanted or not told
    assert not wrong, (wrong, item)


@pytest.mark.parametrize("piece", ["a", "a ", "$(x)", "--a\n", "\u202e", "\U0001f4a9", "/", "0,", "a=b\n"])
def test_a_hundred_thousand_characters_stay_text(piece: str) -> None:
    for field, place in PLACES:
        check(field, place, (piece * 100_000)[:100_000])


@pytest.mark.parametrize(("field", "place"), PLACES, ids=str)
def test_the_check_lets_something_pass_and_refuses_something(field: str, place: Any) -> None:
    """A property that everything is refused by, or nothing, would prove little."""
    assert check(field, place, _text(field, place))
    assert not check(field, place, "\0")
