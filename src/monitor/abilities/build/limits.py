"""What a build gets of its host: as much as asked for, or usual, and no more than the host's owner allows. Pure."""

from msgspec import Struct

from monitor.abilities.build.calls import Limits

MIB = 1024 * 1024
PROCESSES = 4096
OUTPUT = 64 * MIB
_MOST_PROCESSES = 8192
_MOST_OUTPUT = 1024 * MIB
LEAST_MEMORY = 64 * MIB


class Ceiling(Struct, frozen=True, kw_only=True):
    """The most any build of a host may have, all that run at a time together; 0: what the host has, less a reserve."""

    memory: int = 0
    cpus: float = 0.0
    processes: int = 0


class HostSize(Struct, frozen=True):
    """What there is."""

    memory: int
    cores: int


def ceiling_of(ceiling: Ceiling, host: HostSize) -> Limits:
    """An eighth of the memory is never a build's, unless the owner of the host says so."""
    return Limits(
        memory=ceiling.memory or host.memory * 7 // 8,
        cpus=min(ceiling.cpus or host.cores, host.cores),
        processes=ceiling.processes or _MOST_PROCESSES,
        output=_MOST_OUTPUT,
    )


def usual(host: HostSize) -> Limits:
    """Half of the memory, and all cores but one; where there are fewer than four, three quarters of them."""
    return Limits(
        memory=host.memory // 2,
        cpus=host.cores - 1.0 if host.cores >= 4 else host.cores * 0.75,
        processes=PROCESSES,
        output=OUTPUT,
    )


def granted(asked: Limits, host: HostSize, ceiling: Ceiling) -> Limits:
    """What one build may use."""
    default, most = usual(host), ceiling_of(ceiling, host)
    return Limits(
        memory=min(asked.memory or default.memory, most.memory),
        cpus=min(asked.cpus or default.cpus, most.cpus),
        processes=min(asked.processes or default.processes, most.processes),
        output=min(asked.output or default.output, most.output),
    )


def together(running: list[Limits], ceiling: Limits) -> Limits:
    """What several builds that share one control group may use."""
    return Limits(
        memory=min(sum(each.memory for each in running), ceiling.memory),
        cpus=min(sum(each.cpus for each in running), ceiling.cpus),
        processes=min(sum(each.processes for each in running), ceiling.processes),
    )


def cut(asked: Limits, given: Limits) -> tuple[str, ...]:
    """What a person did not get, in words."""
    words = {
        "memory": (asked.memory, given.memory, size(given.memory)),
        "cpus": (asked.cpus, given.cpus, f"{given.cpus:g}"),
        "processes": (asked.processes, given.processes, f"{given.processes}"),
        "output": (asked.output, given.output, size(given.output)),
    }
    return tuple(
        f"more {name} was asked for than this host lets builds have: it gets {text}"
        for name, (wanted, got, text) in words.items()
        if wanted > got
    )


def size(count: int) -> str:
    """`12.3 GB`, `512 MB`."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def told(given: Limits) -> str:
    """One line for the build's output."""
    return f"at most {size(given.memory)} of memory, {given.cpus:g} cpus, {given.processes} processes"
