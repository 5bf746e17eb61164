"""Short forms as people type them: Docker's own, and refused with the way to write them."""

from collections.abc import Callable
from typing import Any

import pytest

from monitor.kernel.wire import from_user
from monitor.resources.deployment import text
from monitor.resources.deployment.config import DeploymentConfig

READ: list[tuple[Callable[[str], Any], str, Any]] = [
    (text.size, "512m", 2**29),
    (text.size, "1.5g", 3 * 2**29),
    (text.size, "64 MiB", 2**26),
    (text.size, "10K", 10_240),
    (text.size, "100b", 100),
    (text.size, "0", 0),
    (text.size, "-1", -1),
    (text.duration, "30s", 30),
    (text.duration, "1m30s", 90),
    (text.duration, "1h", 3600),
    (text.duration, "500ms", 0.5),
    (text.duration, "2.5", 2.5),
    (text.attachment, "front", {"name": "front"}),
    (
        text.attachment,
        "name=front,alias=web,alias=www,ip=10.0.0.9,ip6=fd00::9",
        {"name": "front", "aliases": ["web", "www"], "ipv4_address": "10.0.0.9", "ipv6_address": "fd00::9"},
    ),
    (text.extra_host, "db:10.0.0.5", {"name": "db", "address": "10.0.0.5"}),
    (text.extra_host, "db:fd00::5", {"name": "db", "address": "fd00::5"}),
    (text.extra_host, "db=[fd00::5]", {"name": "db", "address": "fd00::5"}),
    (text.tmpfs, "/run", {"path": "/run"}),
    (text.tmpfs, "/run:size=64m,mode=700", {"path": "/run", "size": 2**26, "mode": "700"}),
    (text.device, "/dev/a", {"path_on_host": "/dev/a"}),
    (text.device, "/dev/a:r", {"path_on_host": "/dev/a", "permissions": "r"}),
    (text.device, "/dev/a:/dev/b", {"path_on_host": "/dev/a", "path_in_container": "/dev/b"}),
    (
        text.device,
        "/dev/a:/dev/b:rw",
        {"path_on_host": "/dev/a", "path_in_container": "/dev/b", "permissions": "rw"},
    ),
    (text.ulimit, "nofile=1024", {"name": "nofile", "soft": 1024, "hard": None}),
    (text.ulimit, "nofile=1024:-1", {"name": "nofile", "soft": 1024, "hard": -1}),
    (text.env_file, "web.env=@a/b.env", {"name": "web.env", "content": "@a/b.env"}),
    (text.env_file, "@a/b.env", {"name": "b.env", "content": "@a/b.env"}),
    (text.secret_env_file, "kept.env", {"name": "kept.env", "content": None}),
    (text.secret_env_file, "@a.env", {"name": "a.env", "content": "@a.env"}),
    (text.config_file, "/etc/x=a=b", {"path": "/etc/x", "content": "a=b"}),
    (text.secret_file, "/run/key=-", {"path": "/run/key", "content": "-"}),
    (text.secret_file, "/run/key", {"path": "/run/key", "content": None}),
    (text.health, "image", {"kind": "image"}),
    (text.health, "none", {"kind": "none"}),
    (text.health, 'CMD ["a", "b c"]', {"kind": "command", "command": ["a", "b c"]}),
    (text.health, "CMD-SHELL a || exit 1", {"kind": "shell", "command": "a || exit 1"}),
]


@pytest.mark.parametrize(("read", "written", "means"), READ, ids=[f"{r.__name__} {w}" for r, w, _ in READ])
def test_read(read: Callable[[str], Any], written: str, means: Any) -> None:
    assert read(written) == means


@pytest.mark.parametrize(
    ("read", "written", "way"),
    [
        (text.size, "lots", "write 512m"),
        (text.size, "-2", "write 512m"),
        (text.duration, "", "write 30s"),
        (text.duration, "soon", "write 30s"),
        (text.attachment, "name=a,driver=b", "write name=NETWORK"),
        (text.extra_host, "db", "write NAME:ADDRESS"),
        (text.tmpfs, "/run:bind", "write PATH:size=64m"),
        (text.device, "a:b:c:d", "write PATH_ON_HOST"),
        (text.ulimit, "nofile=many", "write NAME=SOFT:HARD"),
        (text.health, "curl", "write image, none"),
        (text.health, "CMD curl", "no JSON list"),
    ],
)
def test_refused(read: Callable[[str], Any], written: str, way: str) -> None:
    with pytest.raises(ValueError, match=way):
        read(written)


SAID: list[tuple[str, Callable[[str], Any], dict[str, Any], str]] = [
    ("ports", text.port, {"container": 80}, "80"),
    ("ports", text.port, {"container": 53, "host": 5353, "protocol": "udp"}, "5353:53/udp"),
    ("ports", text.port, {"container": 80, "address": "127.0.0.1"}, "127.0.0.1::80"),
    ("ports", text.port, {"container": 80, "host": 8080, "address": "::1"}, "[::1]:8080:80"),
    ("volumes", text.volume, {"source": "data", "target": "/data", "read_only": True}, "data:/data:ro"),
    ("ulimits", text.ulimit, {"name": "nofile", "soft": 1, "hard": 2}, "nofile=1:2"),
    ("devices", text.device, {"path_on_host": "/dev/a", "path_in_container": "/dev/b"}, "/dev/a:/dev/b:rwm"),
    ("extra_hosts", text.extra_host, {"name": "db", "address": "fd00::5"}, "db:fd00::5"),
    ("networks", text.attachment, {"name": "front"}, "front"),
    (
        "networks",
        text.attachment,
        {"name": "n", "aliases": ["a", "b"], "ipv4_address": "1.2.3.4"},
        "name=n,alias=a,alias=b,ip=1.2.3.4",
    ),
    ("tmpfs", text.tmpfs, {"path": "/run", "size": 1024, "mode": "700"}, "/run:size=1024,mode=700"),
    ("probe", text.probe, {"kind": "http", "port": 8080, "path": "/up"}, "http:8080/up"),
    ("probe", text.probe, {"kind": "tcp", "port": 5432}, "tcp:5432"),
    ("health_check", text.health, {"kind": "none"}, "none"),
    ("health_check", text.health, {"kind": "command", "command": ["a", "b c"]}, 'CMD ["a", "b c"]'),
    ("health_check", text.health, {"kind": "shell", "command": "a || exit 1"}, "CMD-SHELL a || exit 1"),
    ("auto_update", text.update_rule, {"kind": "daily", "zone": "Europe/Berlin"}, "daily 03:00 60 Europe/Berlin"),
    ("auto_update", text.update_rule, {"kind": "weekly", "days": ["sat", "sun"]}, "weekly sat,sun 03:00 60 UTC"),
]


@pytest.mark.parametrize(("field", "read", "value", "words"), SAID)
def test_what_is_shown_can_be_typed_again(
    field: str, read: Callable[[str], Any], value: dict[str, Any], words: str
) -> None:
    def held(given: Any) -> Any:
        many = isinstance(getattr(_config({}), field), tuple)
        found = getattr(_config({field: [given] if many else given}), field)
        return found[0] if many else found

    assert held(value).in_words == words
    assert held(read(words)).in_words == words


def _config(given: dict[str, Any]) -> DeploymentConfig:
    return from_user({"server": "s", "image": {"kind": "image", "image": "a"}, **given}, DeploymentConfig)
