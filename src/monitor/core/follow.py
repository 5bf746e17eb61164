"""Follow: one job at one host, from hand-over to its end: its events become steps and output here."""

from typing import Any

from msgspec import structs

from monitor.core.intake import Intake
from monitor.core.journal import Journal
from monitor.core.output import Outputs
from monitor.core.parts import Parts
from monitor.kernel.activity import Line, State, Step
from monitor.kernel.clock import deadline
from monitor.kernel.errors import HostError, MonitorError, Unavailable, UnknownJob
from monitor.kernel.job import HostJob, Job, JobEnded, Output, StepEnded, StepStarted

_PATIENCE = 600.0
"""Seconds beyond a job's time limit a silent host is waited for."""
_TRIES = 3


class HostAway(Exception):
    """The host was silent for longer than the job could have taken."""


class Follower:
    """Follows one job; survives cut links and restarts of either side."""

    def __init__(self, parts: Parts, journal: Journal, outputs: Outputs, id: str) -> None:
        self._parts = parts
        self._journal = journal
        self._outputs = outputs
        self._id = id
        self._heard = 0.0
        self._intake = Intake()

    @property
    def after(self) -> int:
        """The last seq that was taken over."""
        return self._intake.last

    async def hand_over(self, job: "Job[Any]", work: "HostJob[Any]") -> None:
        """Start the job at its host; a link that breaks meanwhile is tried again, since starting twice starts once.

        Whether a host that stays silent has it is unknown then; who follows it finds out.
        """
        limit = job.time_limit or work.time_limit
        for _ in range(_TRIES):
            try:
                host = self._parts.hosts.raw_host(job.server)
                await host.start_job(self._id, work, time_limit=limit, secrets=job.secrets)
                if self._journal.open[self._id].cancel_requested:
                    await host.cancel_job(self._id)
            except Unavailable:
                await self._parts.clock.sleep(1)
            else:
                return

    async def follow(self, time_limit: float) -> JobEnded:
        """Its end. A host that does not know the id answers interrupted; HostAway when it said nothing for as long as
        the job may take + 10 min.
        """
        patience = time_limit + _PATIENCE
        clock, reason = self._parts.clock, "it sent nothing"
        self._heard = clock.monotonic()
        while (left := self._heard + patience - clock.monotonic()) > 0:
            try:
                async with deadline(clock, left):
                    end = await self._attach()
                if end is not None:
                    return end
            except UnknownJob:
                error = "the host does not know this job: it never got it, or lost its state (set up anew?)"
                return JobEnded(0, clock.now(), State.INTERRUPTED, error=error)
            except HostError as refused:
                return JobEnded(0, clock.now(), State.FAILED, error=refused.message, hint=refused.hint)
            except MonitorError as silent:
                reason = silent.message
            except TimeoutError:
                continue
            await clock.sleep(0.5)
        raise HostAway(f"host unreachable: {reason}")

    async def _attach(self) -> JobEnded | None:
        """Follow until the end, or None when the stream breaks off without one."""
        server = self._journal.open[self._id].server
        async with self._parts.hosts.raw_host(server).follow_job(self._id, self.after) as events:
            async for event in events:
                self._heard = self._parts.clock.monotonic()
                checked = self._intake.check(event)
                if isinstance(checked, JobEnded):
                    return checked
                await self._take(checked)
                self._intake.took(checked)
        return None

    async def _take(self, event: "StepStarted | Output | StepEnded") -> None:
        match event:
            case Output():
                line = Line(seq=event.seq, at=event.at, step=event.step, stream=event.stream, data=event.data)
                await self._outputs.add(self._id, line)
            case StepStarted():
                await self._step(Step(event.step, event.at))
            case StepEnded():
                await self._step(Step(event.step, event.at, event.at, event.outcome, event.exit_code))

    async def _step(self, step: Step) -> None:
        """Add or end a step; seeing one again after a reconnect changes nothing."""
        async with self._journal.changing(self._id) as activity:
            steps = list(activity.steps) if activity else []
            index = next((i for i, s in enumerate(steps) if s.name == step.name), None)
            if index is None:
                steps.append(step)
            elif step.ended is not None:
                steps[index] = structs.replace(step, started=steps[index].started)
            if activity is not None and tuple(steps) != activity.steps:
                await self._journal.write(structs.replace(activity, steps=tuple(steps)), "step")
