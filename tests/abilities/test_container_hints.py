"""Hints: what Docker 20.10, registries and programs really say, and the way out Monitor shows for it."""

import time
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.hints import of_daemon, of_end, of_registry, of_silence
from monitor.abilities.container.replace import replace
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import ENDS, World

RUNC = "failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: "
DAEMON = [
    (RUNC + 'exec: "/nonesuch": stat /nonesuch: no such file or directory: unknown', "holds no such command"),
    (RUNC + 'exec: "nonesuch": executable file not found in $PATH: unknown', "holds no such command"),
    (RUNC + 'exec: "/noexec": permission denied: unknown', "chmod +x"),
    ("No command specified", "no command of its own"),
    ("No such image: web:2", "build the image first"),
    ("invalid reference format: repository name must be lowercase", "lower case"),
    ("unable to find user nobody1: no matching entries in passwd file", "no such user"),
    ('invalid mount config for type "bind": bind source path does not exist: /srv/x', "make the folder"),
    (
        RUNC + 'error during container init: error mounting "/etc/hosts" to rootfs at "/bin": mount /etc/hosts:/bin '
        "(via /proc/self/fd/6), flags: 0x5000: not a directory: unknown: Are you trying to mount a directory onto a "
        "file (or vice-versa)? Check if the specified host path exists and is the expected type",
        "the other a file",
    ),
    ("Duplicate mount point: /data", "leave one out"),
    (
        'error gathering device information while adding custom device "/dev/nonesuch": no such file or directory',
        "no such device",
    ),
    ('could not select device driver "" with capabilities: [[gpu]]', "GPUs"),
    ("Minimum memory limit allowed is 6MB", "6 MB"),
    ("Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available", "fewer processors"),
    ("Container 4defb50cb9a5 is already paused", "unpause"),
    ("Container 4defb50cb9a5 is not running", "start it first"),
    ("Invalid signal: FOO", "SIGTERM"),
    (
        "json: cannot unmarshal string into Go struct field HostConfig.HostConfig.Memory of type int64",
        "check the field it names",
    ),
    ('invalid CapAdd: unknown capability: "CAP_FOO"', "capability's name"),
    ('error looking up logging plugin foo: plugin "foo" not found', "no such log driver"),
    ("unknown log opt 'max-sizes' for json-file log driver", "no such option"),
    ("Unknown runtime specified foo", "no such runtime"),
    ("network nonesuch not found", "make the network first"),
    ("Address already in use", "another container has this address"),
    ("Invalid address 10.78.0.5: It does not belong to any of this network's subnets", "subnet"),
    (
        "user specified IP address is supported only when connecting to networks with user configured subnets",
        "subnet the network was made with",
    ),
    ("No such container: db", "is not there"),
    ('Conflict. The container name "/web" is already in use by container "abc"', "has this name"),
    ("mkdir /var/lib/docker/overlay2/x: no space left on device", "disk is full"),
    ("lstat /var/lib/docker/overlay2/dc56/merged/bad/x: not a directory", "working directory"),
    ("fork/exec /usr/bin/runc: cannot allocate memory", "no memory left"),
]
SILENT = [
    ("it answers 404 at 172.17.0.2:8080/", "the probe's path"),
    ("it answers 401 at 172.17.0.2:8080/", "who it is"),
    ("it speaks no HTTP/1 at 172.17.0.2:5432", "a TCP probe"),
    ("it has no address of its own that this host reaches", "a bridge network"),
    ("nothing listens at 172.17.0.2:81", "not only at 127.0.0.1"),
    ("no answer within 5 s at 172.17.0.2:81", "needs longer"),
]
REGISTRY = [
    ("manifest for 127.0.0.1:5000/web:9 not found: manifest unknown: manifest unknown", "no such tag"),
    ("no matching manifest for linux/amd64 in the manifest list entries", "kind of processor"),
    ("toomanyrequests: You have reached your pull rate limit.", "registry account, or wait"),
    ('Get "https://reg/v2/": x509: certificate signed by unknown authority', "certs.d"),
    ('Get "https://reg/v2/": http: server gave HTTP response to HTTPS client', "insecure-registries"),
    ('Get "https://nosuch/v2/": dial tcp: lookup nosuch on 10.0.0.53:53: no such host', "DNS"),
    ('Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused', "does not reach"),
    ("net/http: TLS handshake timeout", "does not reach"),
    ('Get "https://reg/v2/": dial tcp 10.0.0.9:443: i/o timeout', "does not reach"),
    ("write /var/lib/docker/tmp/GetImageBlob1: no space left on device", "disk is full"),
]
WROTE = [
    ("exec /bad: exec format error", "another kind of processor"),
    ("standard_init_linux.go:228: exec user process caused: exec format error", "another kind of processor"),
    ("exec /entry.sh: no such file or directory", "interpreter"),
    ("nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)", "the port"),
    ("Error: listen EADDRINUSE: address already in use :::3000", "the port"),
    ("sh: can't create /x: Permission denied", "its user"),
    ("PermissionError: [Errno 13] Permission denied: '/data'", "its user"),
    ("sh: can't create /x: Read-only file system", "tmpfs"),
    ("OSError: [Errno 28] No space left on device", "disk is full"),
    ("sh: can't fork: Resource temporarily unavailable", "pids"),
    ("java.lang.OutOfMemoryError: Java heap space", "memory"),
    ("KeyError: 'DATABASE_URL'", "environment"),
    ("Error: DATABASE_URL is not set", "environment"),
    ("You must specify POSTGRES_PASSWORD to a non-empty value", "environment"),
    ("fatal: environment variable SECRET_KEY_BASE is missing", "environment"),
    ("sh: TOKEN: parameter not set", "environment"),
    ("redis.exceptions.ConnectionError: Error 111 connecting to redis:6379. Connection refused.", "same network"),
    ("could not translate host name: Name or service not known", "same network"),
    ("Error: Cannot find module '/app/server.js'", "not in the container"),
    ("ModuleNotFoundError: No module named 'flask'", "not in the container"),
]


@pytest.mark.parametrize(("text", "hint"), SILENT)
def test_what_a_probe_hears_has_a_way_out(text: str, hint: str) -> None:
    assert hint in of_silence(text)


@pytest.mark.parametrize(("said", "way"), DAEMON)
def test_what_the_daemon_says(said: str, way: str) -> None:
    assert way in of_daemon(said)


@pytest.mark.parametrize(("said", "way"), REGISTRY)
def test_what_a_registry_says(said: str, way: str) -> None:
    assert way in of_registry(f"cannot pull web:9: {said}")


@pytest.mark.parametrize(("line", "way"), WROTE)
def test_what_a_program_says_at_its_end(line: str, way: str) -> None:
    assert way in of_end(1, ["starting", line])
    assert way in of_end(1, [line, "goodbye"])


@pytest.mark.parametrize(
    ("code", "way"), [(0, "foreground"), (1, "see what it wrote"), (127, "found"), (137, "killed"), (139, "crashed")]
)
def test_an_exit_code_alone(code: int, way: str) -> None:
    assert way in of_end(code, ["hello"])


def test_out_of_memory_comes_first() -> None:
    assert "raise its limit" in of_end(137, ["Permission denied"], out_of_memory=True)
    assert "health check" in of_end(None, [])
    assert of_daemon("of all things") == of_registry("of all things") == ""


def test_nothing_of_what_was_said_is_in_a_hint() -> None:
    """A hint stands where people read who may not read the log."""
    for line, _ in WROTE:
        assert "canary" not in of_end(1, [f"canary {line} canary"])


def test_a_hostile_line_takes_no_time() -> None:
    lines = ["a_" * 50_000, "environment variable " * 5_000, "exec " * 10_000, "\0" * 100_000]
    begun = time.process_time()
    of_end(1, lines * 5)
    assert time.process_time() - begun < 1


HEARD = "until busybox grep -qs ':0050 ' /proc/net/tcp /proc/net/tcp6; do busybox sleep 0.1; done"
"""Until somebody listens at port 80."""
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "environment": ({"Cmd": ["busybox", "sh", "-uc", "echo $DATABASE_URL"]}, "verify", "environment"),
    "permission": ({"Cmd": ["busybox", "sh", "-c", "echo > /bin/x"], "User": "1000"}, "verify", "its user"),
    "read-only": (
        {"Cmd": ["busybox", "sh", "-c", "echo > /x"], "HostConfig": {"ReadonlyRootfs": True}},
        "verify",
        "tmpfs",
    ),
    "port": (
        {"Cmd": ["busybox", "sh", "-c", f"busybox nc -ll -p 80 & {HEARD}; busybox nc -l -p 80"]},
        "verify",
        "the port",
    ),
    "no foreground": ({"Cmd": ["busybox", "true"]}, "verify", "foreground"),
    "user": ({"User": "nobody-here"}, "start", "no such user"),
    "network": ({"HostConfig": {"NetworkMode": "monitor-test-nonesuch"}}, "create", "make the network first"),
    "device": (
        {"HostConfig": {"Devices": [{"PathOnHost": "/dev/nonesuch", "PathInContainer": "/dev/x"}]}},
        "start" if Path("/.dockerenv").exists() else "create",
        "no such device",
    ),
    "not executable": ({"Cmd": ["/bin"]}, "start", "chmod +x"),
    "memory": ({"HostConfig": {"Memory": 1 << 20}}, "create", "6 MB"),
    "capability": ({"HostConfig": {"CapAdd": ["FOO"]}}, "create", "capability"),
    "log driver": ({"HostConfig": {"LogConfig": {"Type": "nonesuch"}}}, "create", "log driver"),
    "gpus": ({"HostConfig": {"DeviceRequests": [{"Count": -1, "Capabilities": [["gpu"]]}]}}, "start", "GPUs"),
}


@pytest.mark.real
@pytest.mark.parametrize("case", CASES)
async def test_on_the_real_docker(agent: MemoryAgent, world: World, case: str) -> None:
    given, step, way = CASES[case]
    body = world.body() | given
    run = MemoryRun(agent, world.job())
    with pytest.raises(HostError) as failure:
        await replace(run, ReplaceContainer(name=world.name(), body=body, stable_for=ENDS, stop_timeout=0))
    assert failure.value.message.startswith(f"{step}: "), failure.value.message
    assert way in failure.value.hint, (failure.value.message, failure.value.hint, run.output_text)
    assert run.steps[-1] == (step, "failed")
