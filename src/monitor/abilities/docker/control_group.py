"""Control group: which container one is, by its name, or by a path it or a container's folder is part of. Pure."""

import re

_NAME = re.compile(r"(?:(?:docker|libpod|cri-containerd|crio)-)?([0-9a-f]{64})(?:\.scope)?")
"""The driver cgroupfs makes folders called by the id, systemd's ones like `docker-ID.scope`."""
_BETWEEN = re.compile(r"[/:\s]+")


def container_called(name: str) -> str:
    """Id of the container whose group has this name; empty where it is none's."""
    found = _NAME.fullmatch(name)
    return found[1] if found else ""


def containers_in(told: str) -> list[str]:
    """Ids of all that paths lead through, as in /proc/PID/cgroup or mountinfo, the outer before the inner."""
    return [id for part in _BETWEEN.split(told) if (id := container_called(part))]
