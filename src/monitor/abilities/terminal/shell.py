"""Shell: which one a container has, found by looking at its files: nothing is run for it."""

from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.names import container_segment
from monitor.kernel.errors import HostError, NotFound

_SHELLS = (
    *(("/bin/bash",), ("/usr/bin/bash",), ("/usr/local/bin/bash",)),
    *(("/bin/sh",), ("/usr/bin/sh",), ("/bin/ash",)),
    *(("/bin/busybox", "sh"), ("/busybox/sh",)),
)
"""In the order of liking."""


async def find_shell(docker: Engine, container: str) -> tuple[str, ...] | None:
    """What runs it; None where there is none."""
    for shell in _SHELLS:
        if await _has_file(docker, container, shell[0]):
            return shell
    return None


async def need_shell(docker: Engine, container: str) -> tuple[str, ...]:
    """The same. HostError, with the way out, where there is none."""
    shell = await find_shell(docker, container)
    if shell is None:
        raise HostError(
            "the container has no shell: neither bash nor sh",
            hint="give a program it has: monitor deployment terminal NAME -- PROGRAM",
        )
    return shell


async def _has_file(docker: Engine, container: str, path: str) -> bool:
    target = f"/containers/{container_segment(container)}/archive"
    try:
        async with docker.stream("HEAD", target, {"path": path}):
            return True
    except NotFound:
        return False
