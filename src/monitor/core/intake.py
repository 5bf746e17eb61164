"""Intake: what a host says of one job, checked before core believes, stores or shows it."""

from msgspec import structs

from monitor.kernel.activity import CONTAINER_LOG
from monitor.kernel.errors import HostError
from monitor.kernel.job import JobEnded, JobEvent, Output, StepEnded, StepStarted

_LARGEST_SEQ = 2**53
_MOST_OUTPUT = 160 * 1024 * 1024
"""Bytes; an honest host keeps to 64 MiB and the end of each step."""
_MOST_EVENTS = 1_000_000
_MOST_STEP_EVENTS = 1000
_MOST_STEPS = 100
_LONGEST_NAME = 100
_LONGEST_ERROR = 64 * 1024
_LONGEST_HINT = 4096
_LARGEST_RESULT = 64 * 1024
_STREAMS = ("stdout", "stderr", "note", CONTAINER_LOG)
_OUTCOMES = ("succeeded", "failed", "cancelled")


class Intake:
    """One for each job: events in order, sound, and no more of them than an honest host would send."""

    def __init__(self, after: int = 0) -> None:
        self.last = after
        """The greatest seq taken in."""
        self._events = self._step_events = self._output = 0
        self._steps: set[str] = set()

    def check(self, event: JobEvent) -> JobEvent:
        """The event as it may be stored. HostError when the host breaks the rules."""
        if not self.last < event.seq <= _LARGEST_SEQ:
            raise _wrong(f"an event numbered {event.seq} after {self.last}")
        if event.at.tzinfo is None:
            raise _wrong("a time without a time zone")
        if self._events >= _MOST_EVENTS:
            raise _wrong(f"more than {_MOST_EVENTS} events")
        match event:
            case Output():
                return self._output_of(event)
            case StepStarted():
                return structs.replace(event, step=self._step_of(event.step))
            case StepEnded():
                outcome = event.outcome if event.outcome in _OUTCOMES else "failed"
                return structs.replace(event, step=self._step_of(event.step), outcome=outcome)
            case JobEnded():
                return _end_of(event)

    def took(self, event: JobEvent) -> None:
        """It is stored: what comes next has a greater seq. Until then it may come again, after a lost connection."""
        self.last = event.seq
        self._events += 1
        match event:
            case Output():
                self._output += len(event.data)
            case StepStarted() | StepEnded():
                self._step_events += 1
                self._steps.add(event.step)
            case JobEnded():
                pass

    def _output_of(self, event: Output) -> Output:
        if self._output + len(event.data) > _MOST_OUTPUT:
            raise _wrong(f"more than {_MOST_OUTPUT} bytes of output")
        stream = event.stream if event.stream in _STREAMS else "stdout"
        return structs.replace(event, step=event.step[:_LONGEST_NAME], stream=stream)

    def _step_of(self, name: str) -> str:
        name = name[:_LONGEST_NAME]
        if len(self._steps | {name}) > _MOST_STEPS or self._step_events >= _MOST_STEP_EVENTS:
            raise _wrong("more steps than a job can have")
        return name


def _end_of(event: JobEnded) -> JobEnded:
    if not event.state.ended:
        raise _wrong(f"{event.state.value} as an end")
    if len(bytes(event.result)) > _LARGEST_RESULT:
        raise _wrong(f"a result of more than {_LARGEST_RESULT} bytes")
    return structs.replace(event, error=_clipped(event.error, _LONGEST_ERROR), hint=_clipped(event.hint, _LONGEST_HINT))


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def _wrong(what: str) -> HostError:
    return HostError(
        f"the host broke the rules of a job: it sent {what}",
        hint="its periphery is damaged, or somebody else's: look at the host before it is trusted again",
    )
