"""A job runner on the real Docker with its own state folder, as the periphery has one."""

from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Raw

from monitor.abilities.agent.contract import JobHandler
from monitor.abilities.build.calls import BuildImage
from monitor.abilities.build.run import JOBS
from monitor.kernel.activity import State
from monitor.kernel.clock import SystemClock
from monitor.kernel.ids import new_id
from monitor.kernel.job import HostJob, JobEnded, JobStart, Output, StepEnded
from monitor.kernel.operation import tag_of
from monitor.kernel.wire import pack
from monitor.periphery.agent import HostAgent
from monitor.periphery.jobs.disk import DiskShelf
from monitor.periphery.jobs.process import Programs
from monitor.periphery.jobs.runner import JobRunner
from monitor.periphery.settings import PeripherySettings


class Ended(NamedTuple):
    """How a job went."""

    end: JobEnded
    output: str
    steps: list[tuple[str, str]]

    @property
    def error(self) -> str:
        assert self.end.state is State.FAILED, self.end
        return self.end.error


class JobHost:
    """Runs jobs to their end."""

    def __init__(self, folder: Path, *more: JobHandler, settings: PeripherySettings | None = None) -> None:
        clock = SystemClock()
        self.agent = HostAgent(settings or PeripherySettings(state=folder), clock, ())
        self.agent.work.mkdir(parents=True)
        self.runner = JobRunner(
            self.agent, (*JOBS, *more), DiskShelf(folder / "jobs"), clock, Programs(self.agent.work, clock)
        )

    def start(self, work: HostJob[Any], secrets: tuple[str, ...] = ()) -> str:
        job = new_id(SystemClock().now())
        body = Raw(pack(work))
        self.runner.start(JobStart(id=job, name=tag_of(type(work)), body=body, time_limit=100, secrets=secrets))
        return job

    async def ended(self, job: str) -> Ended:
        events = [event async for event in self.runner.follow(job, 0)]
        end = events[-1]
        assert isinstance(end, JobEnded)
        output = b"".join(event.data for event in events if isinstance(event, Output)).decode()
        return Ended(end, output, [(e.step, e.outcome) for e in events if isinstance(e, StepEnded)])

    async def build(self, job: BuildImage, secrets: tuple[str, ...] = ()) -> Ended:
        return await self.ended(self.start(job, secrets))
