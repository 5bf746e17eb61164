"""Forbidden: containers nobody gets a terminal in: those of Monitor's own core and periphery."""

from pathlib import Path

from monitor.abilities.docker.control_group import containers_in
from monitor.abilities.docker.described import Described
from monitor.kernel.errors import PolicyRefused

ROLE = "monitor.role"
"""Label of Monitor's own images: core or periphery."""


def check_not_own(seen: Described) -> None:
    """PolicyRefused for Monitor's own containers: known by their label, and the agent's by what the kernel says."""
    if ROLE in seen.labels or seen.id in own_ids():
        raise PolicyRefused(
            f"the container {seen.called} is Monitor's own: there are no terminals in it",
            hint="who may look after it has the host: use docker exec there",
        )


def own_ids(proc: Path = Path("/proc/self")) -> frozenset[str]:
    """Ids of containers this process is in, from its control groups and from where its mounts come from."""
    found: set[str] = set()
    for name in ("cgroup", "mountinfo"):
        try:
            text = (proc / name).read_text()
        except OSError:
            continue
        if name == "mountinfo":
            # Docker mounts hosts, hostname and resolv.conf into a container from a folder named by its id.
            text = "\n".join(line for line in text.splitlines() if _is_docker_file(line))
        found.update(containers_in(text))
    return frozenset(found)


def _is_docker_file(line: str) -> bool:
    fields = line.split(" ")
    return len(fields) > 4 and fields[4] in ("/etc/hostname", "/etc/hosts", "/etc/resolv.conf")
