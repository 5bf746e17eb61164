"""Settings of the agent, with the ceiling its host's owner sets: nothing core says can raise it."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.logs import LogFormat
from monitor.kernel.marks import shown

PREFIX = "MONITOR_PERIPHERY_"
"""Of the environment variables."""


class PolicySettings(Struct, frozen=True, kw_only=True):
    """One switch per host power; all off means Docker's defaults and named volumes only."""

    privileged: Annotated[bool, shown("Privileged containers")] = False
    bind: Annotated[bool, shown("Bind mounts", help="Any host path, or only those below bind_roots if given.")] = False
    bind_roots: Annotated[tuple[str, ...], shown("Folders below which bind mounts are allowed")] = ()
    namespaces: Annotated[bool, shown("The host's or another container's namespaces")] = False
    devices: Annotated[bool, shown("Devices and GPUs")] = False
    capabilities: Annotated[bool, shown("Added capabilities")] = False
    security: Annotated[bool, shown("Security options")] = False
    sysctls: Annotated[bool, shown("Kernel parameters")] = False
    runtime: Annotated[bool, shown("Other runtimes")] = False
    cgroup: Annotated[bool, shown("Cgroup parent")] = False
    volumes_from: Annotated[bool, shown("Volumes of other containers")] = False
    raw: Annotated[bool, shown("Engine options Monitor does not know")] = False
    exec: Annotated[bool, shown("Privileged exec")] = False
    terminal: Annotated[bool, shown("A terminal on the host")] = False
    build: Annotated[bool, shown("Builds that reach the host")] = False
    source_roots: Annotated[
        tuple[str, ...],
        shown("Folders below which repositories of the host may be built from", help="None by default."),
    ] = ()
    command: Annotated[bool, shown("Commands on the host before a build")] = False
    build_memory: Annotated[
        int,
        Meta(ge=0),
        shown("Memory of builds", help="Bytes that all builds together may have at most; 0: 7/8 of the host's."),
    ] = 0
    build_cpus: Annotated[
        float,
        Meta(ge=0),
        shown("CPUs of builds", help="Processors that all builds together may keep busy at most; 0: all."),
    ] = 0.0
    build_processes: Annotated[
        int, Meta(ge=0), shown("Processes of builds", help="That all builds together may have at most; 0: 8192.")
    ] = 0
    files: Annotated[bool, shown("Environment or secret files on the host")] = False
    container_terminals: Annotated[
        bool, shown("Terminals in containers", help="No host power, so on at first; off: core gets none at all.")
    ] = True


class PeripherySettings(Struct, frozen=True, kw_only=True):
    """Everything an agent can be told."""

    address: Annotated[str, shown("Address to listen on")] = "0.0.0.0"  # noqa: S104 - only core passes mutual TLS
    port: Annotated[int, Meta(ge=0, le=65535), shown("Port")] = 8120
    state: Annotated[Path, shown("Folder for the key, the pin and jobs")] = Path("/var/lib/monitor-periphery")
    docker_socket: Annotated[str, shown("Docker's socket")] = "/var/run/docker.sock"
    allowed_ips: Annotated[tuple[str, ...], shown("Addresses that may call", help="Beside what join wrote.")] = ()
    log_level: str = "info"
    log_format: LogFormat = LogFormat.CONSOLE
    policy: PolicySettings = PolicySettings()
