"""A simulated host's logs: the same lines, filters, searches and notes as the real way, from memory."""

from collections.abc import AsyncIterator

from monitor.abilities.container.log_calls import STDERR, STDOUT, LogBatch, ReadLog
from monitor.abilities.container.log_match import Match
from monitor.abilities.container.log_order import Order
from monitor.abilities.container.logs import batch_of
from monitor.abilities.docker.log_lines import LogLine
from monitor.kernel.errors import NotFound
from monitor.kernel.ownership import is_of
from monitor.testing.container import SimulatedContainer
from monitor.testing.machine import Machine

_LOOK = 0.1


async def read_log(machine: Machine, feed: ReadLog) -> AsyncIterator[LogBatch]:
    """What is asked for, then new lines as they are added (looked at ten times a second)."""
    machine.need_docker()
    container = find_own(machine, feed.name, feed.deployment)
    match, order, seen, running = Match(feed.wanted) if feed.wanted else None, Order(), 0, True
    first = True
    while True:
        machine.need_docker()
        container.stamp(machine.clock.now())
        new = [(line, order.number(line)) for line in _written(container, seen)]
        seen += len(new)
        lines = [(line, seq) for line, seq in new if seq > feed.after and _is_wanted(line, feed)]
        if first and feed.tail is not None and not feed.after:
            lines = lines[max(0, len(lines) - feed.tail) :]
        first = False
        for batch in _batches(lines, match):
            yield batch
        if not feed.follow or container.view.id not in machine.containers:
            break
        if running is not (container.view.state == "running"):
            running = not running
            said = "has started" if running else f"has stopped: exit code {container.view.exit_code or 0}"
            yield LogBatch(seq=order.last, note=f"the container {said}")
        await machine.clock.sleep(_LOOK)
    if match is not None:
        yield match.flush(order.last)


def find_own(machine: Machine, name: str, deployment: str) -> SimulatedContainer:
    """The container, if it is this deployment's. NotFound."""
    container = machine.find(name)
    if deployment and not is_of(deployment, container.view.id, dict(container.view.labels)):
        raise NotFound(f"the container {name} on this host is not this deployment's")
    return container


def _batches(lines: list[tuple[LogLine, int]], match: Match | None) -> list[LogBatch]:
    found: list[LogBatch] = []
    for start in range(0, len(lines), 1000):
        block = lines[start : start + 1000]
        found.append(batch_of([line for line, _ in block], block[-1][1]))
        if match is not None:
            found[-1] = match.feed([line for line, _ in block], block[-1][1])
    return found


def _written(container: SimulatedContainer, seen: int) -> list[LogLine]:
    """The lines after the first `seen`; a test need not write a line's end, but says so of a part."""
    lines: list[LogLine] = []
    for number, ((at, stream), data) in enumerate(
        zip(container.stamps[seen:], container.lines[seen:], strict=True), start=seen
    ):
        whole = data if data.endswith(b"\n") or number in container.parts else data + b"\n"
        stamp = round(at.timestamp() * 1_000_000) * 1000
        lines.append(LogLine(stamp, STDERR if stream == "stderr" else STDOUT, whole))
    return lines


def _is_wanted(line: LogLine, feed: ReadLog) -> bool:
    if not line.stream & feed.streams or line.at < feed.since:
        return False
    return not feed.until or line.at <= feed.until
