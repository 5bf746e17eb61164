"""Follow: one job at one host, from hand-over to its end: its events become steps and output here."""

from typing import Any

from msgspec import structs

from monitor.core.journal import Journal
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.kernel.activity import Line, State, Step
from monitor.kernel.errors import HostError, MonitorError, Unavailable, UnknownJob
from monitor.kernel.job import HostJob, Job, JobEnded, JobEvent, Output, StepEnded, StepStarted

_PATIENCE = 600.0
"""Seconds beyond a job's time limit a silent host is waited for."""


class HostAway(Exception):
    """The host was silent for longer than the job could have taken."""


class Follower:
    """Follows one job; survives cut links and restarts of either side."""

    def __init__(self, parts: Parts, journal: Journal, outputs: Outputs, id: str) -> None:
        self._parts = parts
        self._journal = journal
        self._outputs = outputs
        self._id = id
        self._after = 0

    async def hand_over(self, job: "Job[Any]", work: "HostJob[Any]") -> None:
        """Start the job at its host; a link that breaks meanwhile is tried again, since starting twice starts once."""
        host = self._parts.hosts.raw_host(job.server)
        for attempt in range(3):
            try:
                limit = job.time_limit or work.time_limit
                await host.start_job(self._id, work, time_limit=limit, secrets=job.secrets)
            except Unavailable:
                if attempt == 2:
                    raise
                await self._parts.clock.sleep(1)
            else:
                break
        if self._journal.open[self._id].cancel_requested:
            await host.cancel_job(self._id)

    async def follow(self, time_limit: float) -> JobEnded:
        """Its end. A host that does not know the id answers interrupted; HostAway after the time limit + 10 min."""
        silent_since: float | None = None
        while True:
            server = self._journal.open[self._id].server
            try:
                async with self._parts.hosts.raw_host(server).follow_job(self._id, self._after) as events:
                    async for event in events:
                        silent_since = None
                        if (end := await self._take(event)) is not None:
                            return end
            except UnknownJob:
                error = "the host does not know this job: its periphery was reinstalled or lost its state"
                return JobEnded(0, self._parts.clock.now(), State.INTERRUPTED, error=error)
            except HostError as refused:
                return JobEnded(0, self._parts.clock.now(), State.FAILED, error=refused.message, hint=refused.hint)
            except MonitorError as silent:
                now = self._parts.clock.monotonic()
                silent_since = silent_since if silent_since is not None else now
                if now - silent_since > time_limit + _PATIENCE:
                    raise HostAway(f"host unreachable: {silent.message}") from None
            await self._parts.clock.sleep(0.5)

    async def _take(self, event: JobEvent) -> JobEnded | None:
        self._after = max(self._after, event.seq)
        match event:
            case Output():
                line = Line(seq=event.seq, at=event.at, step=event.step, stream=event.stream, data=event.data)
                await self._outputs.add(self._id, line)
            case StepStarted():
                await self._step(Step(event.step, event.at))
            case StepEnded():
                await self._step(Step(event.step, event.at, event.at, event.outcome, event.exit_code))
            case JobEnded():
                return event
        return None

    async def _step(self, step: Step) -> None:
        """Add or end a step; seeing one again after a reconnect changes nothing."""
        activity = self._journal.open[self._id]
        steps = list(activity.steps)
        index = next((i for i, s in enumerate(steps) if s.name == step.name), None)
        if index is None:
            steps.append(step)
        else:
            steps[index] = structs.replace(step, started=steps[index].started)
        if tuple(steps) != activity.steps:
            await self._journal.write(structs.replace(activity, steps=tuple(steps)), "step")
