"""Late: what a host says of a job after core had given it up is noted beside the activity's end, which stays."""

from msgspec import structs

from monitor.core.intake import Intake
from monitor.core.journal import Journal
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.kernel.activity import Line, State
from monitor.kernel.errors import MonitorError, UnknownJob
from monitor.kernel.job import JobEnded, Output

_EVERY = 30.0
_FOR = 7 * 86_400.0
"""Seconds; a host keeps what nobody fetched no longer."""


async def note_late(parts: Parts, journal: Journal, outputs: Outputs, id: str, after: int) -> None:
    """Wait for the host to come back, for a week at most, and take down its output and how it says the job ended."""
    intake = Intake(after)
    until = parts.clock.monotonic() + _FOR
    activity = await journal.get(id)
    while activity is not None and parts.clock.monotonic() < until:
        try:
            host = parts.hosts.raw_host(activity.server)
            end = None
            async with host.follow_job(id, intake.last) as events:
                async for told in events:
                    event = intake.check(told)
                    if isinstance(event, JobEnded):
                        end = event
                        break  # not taken yet: it comes again if it cannot be stored
                    if isinstance(event, Output):
                        line = Line(seq=event.seq, at=event.at, step=event.step, stream=event.stream, data=event.data)
                        await outputs.add(id, line)
                    intake.took(event)
            if end is not None:
                await outputs.end(id)
                said = structs.replace(activity, hint=_said(end))
                await journal.note(said, "late_result")
                await host.forget_job(id)
                return
        except UnknownJob:
            return
        except MonitorError:
            pass  # still away; its server says why
        await parts.clock.sleep(_EVERY)


def _said(end: JobEnded) -> str:
    how = end.state.value + (f" ({end.error})" if end.error else "")
    done = "; what it did stands there" if end.state is State.SUCCEEDED else ""
    return f"The host came back later and said that it had {how}{done}."
