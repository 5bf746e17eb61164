"""Failures: why a container could not be brought up, in words that show the way out."""

import re
from collections.abc import Sequence

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.hints import of_daemon, of_end, of_silence
from monitor.abilities.container.states import end_text, reason_of
from monitor.abilities.container.verify import Watched
from monitor.abilities.docker.described import Described, listed
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.logs import open_log
from monitor.kernel.activity import CONTAINER_LOG
from monitor.kernel.errors import HostError, MonitorError, NotFound

LAST_LINES = 20
_PORT = re.compile(
    r"(?:Bind for|listen \w+|listening on|exposing port \w+) \S*?:(\d+)[: ].*(?:already|in use)", re.DOTALL
)


class Trouble(HostError):
    """A failure with what a person needs to see of the container: the last lines it wrote."""

    def __init__(
        self, message: str, *, hint: str = "", exit_code: int | None = None, lines: Sequence[str] = ()
    ) -> None:
        super().__init__(message, hint=hint, exit_code=exit_code)
        self.lines = tuple(lines)


def told(trouble: HostError, prefix: str = "", suffix: str = "") -> HostError:
    """The error as it leaves: prefix, message, suffix. What the container wrote is no part of it: see `show_lines`."""
    text = " ".join(part for part in (prefix + trouble.message, suffix) if part)
    return HostError(text, hint=trouble.hint, exit_code=trouble.exit_code)


def show_lines(run: Run, failure: HostError) -> None:
    """Put the last lines a container wrote where only those see them who may read its log."""
    if isinstance(failure, Trouble) and failure.lines:
        run.note("The last lines the container wrote, for who may read its log:")
        for line in failure.lines:
            run.output(line.encode() + b"\n", CONTAINER_LOG)


async def from_end(docker: Engine, watched: Watched, name: str = "") -> Trouble:
    """Of a container that did not come up, called `name` or to be called so: its exit code and last lines."""
    seen, code = watched.seen, watched.exit_code
    starved = watched.out_of_memory
    why = watched.silence or reason_of(seen, out_of_memory=starved) or seen.state.status
    if code is not None and seen.state.running and not seen.state.restarting:
        why = f"{end_text(code, out_of_memory=starved)}, and Docker started it again"
    lines = await last_lines(docker, seen)
    hint = of_silence(watched.silence) if watched.silence else of_end(code, lines, out_of_memory=starved)
    called = name or seen.called
    return Trouble(f"the container {called} {watched.trouble}: {why}.", hint=hint, exit_code=code, lines=lines)


async def from_daemon(docker: Engine, failure: MonitorError, *, exit_code: int | None = None) -> HostError:
    """Of what the daemon answered to a create or start."""
    if isinstance(failure, HostError) and type(failure) is not HostError:
        return failure
    text = failure.message.rstrip(".")
    if port := _PORT.search(text):
        return await _port_taken(docker, int(port[1]), exit_code)
    code = failure.exit_code if isinstance(failure, HostError) else None
    return HostError(f"{text}.", hint=failure.hint or of_daemon(text), exit_code=exit_code or code)


async def last_lines(docker: Engine, seen: Described, count: int = LAST_LINES) -> tuple[str, ...]:
    """What it wrote last; nothing where its log driver cannot be read."""
    text = bytearray()
    try:
        async with open_log(docker, seen.id, tty=seen.config.tty, tail=count) as blocks:
            async for lines in blocks:
                text += b"".join(line.data for line in lines)
    except MonitorError:
        return ()
    return tuple(line.rstrip("\r") for line in text.decode(errors="replace").splitlines()[-count:])


async def _port_taken(docker: Engine, port: int, exit_code: int | None) -> HostError:
    holder = ""
    try:
        for item in map(listed, await docker.containers()):
            if any(published.public_port == port for published in item.ports or ()):
                holder = item.called
    except MonitorError:
        pass
    by = f"the container {holder}" if holder else "another program on this host"
    return HostError(
        f"port {port} is taken by {by}.",
        hint="publish another port, or stop what holds this one",
        exit_code=exit_code,
    )


def as_host_error(failure: MonitorError) -> HostError:
    """The same as an error of the host, whatever the daemon's answer was."""
    if isinstance(failure, HostError):
        return failure
    if isinstance(failure, NotFound):
        return HostError(failure.message, hint=failure.hint or "it was removed meanwhile, not by Monitor")
    return HostError(failure.message, hint=failure.hint)
