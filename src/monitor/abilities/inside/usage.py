"""Usage: a container's figures from two readings of the daemon, as `docker stats` works them out. Pure."""

from monitor.abilities.container.states import moment
from monitor.abilities.docker.insides import BlockStats, MemoryStats, Stats
from monitor.kernel.insides import ContainerUsage

_CACHES = ("total_inactive_file", "inactive_file")
"""What the kernel would give back at once, by cgroup v1 and v2 (docker/cli, cli/command/container/stats_helpers.go)."""


def measured(told: Stats, before: ContainerUsage | None) -> ContainerUsage | None:
    """The figures, rates against the sample before; None of a container that does not run."""
    at = moment(told.read)
    if at is None:
        return None
    networks = (told.networks or {}).values()
    received, sent = sum(each.rx_bytes for each in networks), sum(each.tx_bytes for each in networks)
    read, written = _blocks(told.blkio_stats, "read"), _blocks(told.blkio_stats, "write")
    passed = (at - before.at).total_seconds() if before else 0.0

    def rate(now: int, then: int) -> float | None:
        # A counter that went back belongs to another life of the container.
        return (now - then) / passed if passed > 0 and now >= then else None

    return ContainerUsage(
        at=at,
        cpu=_cpu(told),
        memory=_memory(told.memory_stats),
        memory_limit=told.memory_stats.limit,
        received=received,
        sent=sent,
        read=read,
        written=written,
        pids=told.pids_stats.current,
        receiving=rate(received, before.received) if before else None,
        sending=rate(sent, before.sent) if before else None,
        reading=rate(read, before.read) if before else None,
        writing=rate(written, before.written) if before else None,
    )


def _cpu(told: Stats) -> float | None:
    """Percent of one core; None while there is no reading before it."""
    now, before = told.cpu_stats, told.precpu_stats
    if not before.system_cpu_usage:
        return None
    used = now.cpu_usage.total_usage - before.cpu_usage.total_usage
    passed = now.system_cpu_usage - before.system_cpu_usage
    if used <= 0 or passed <= 0:
        return 0.0
    cores = now.online_cpus or len(now.cpu_usage.percpu_usage or ()) or 1
    return used / passed * cores * 100


def _memory(told: MemoryStats) -> int:
    for name in _CACHES:
        cached = (told.stats or {}).get(name, 0)
        if 0 < cached < told.usage:
            return told.usage - cached
    return told.usage


def _blocks(told: BlockStats, op: str) -> int:
    return sum(each.value for each in told.io_service_bytes_recursive or () if each.op.lower() == op)
