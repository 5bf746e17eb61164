"""The process: one Task from standard input, one Outcome to standard output, both JSON; that is all it says.

Its argument is the id of the process it sends for.
"""

import resource
import signal
import sys

import msgspec

from monitor.kernel.parent import die_with_parent
from monitor.notifier.guard import Guard
from monitor.notifier.task import Outcome, Task

_MEMORY = 1024 * 1024 * 1024
_CPU = 20
_FILES = 64
_SECONDS = 60
"""Core ends it earlier."""


def main() -> None:
    """Send it."""
    die_with_parent(int(sys.argv[1]))  # what was not answered is sent again by the next core
    signal.alarm(_SECONDS)
    for limit, value in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    guard = Guard(task)
    guard.stand()
    outcome = _sent(task)
    if guard.refusals and not outcome.delivered:
        outcome = Outcome(delivered=False, error=guard.refusals[-1])
    sys.stdout.buffer.write(msgspec.json.encode(outcome))
    sys.stdout.buffer.flush()


def _sent(task: Task) -> Outcome:
    try:
        if task.service in ("webhook", "heartbeat"):
            from monitor.notifier.webhook import send  # noqa: PLC0415 - each way loads what it needs
        else:
            from monitor.notifier.apprise_way import send  # noqa: PLC0415 - the same
        return send(task)
    except Exception as failure:
        return Outcome(delivered=False, error=f"{type(failure).__name__}: {failure}")


if __name__ == "__main__":
    main()
