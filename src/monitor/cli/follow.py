"""An action followed to its end: its steps and output as they come, its outcome as the exit code."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from monitor.cli import exits
from monitor.cli.exits import Exit
from monitor.cli.lines import Lines
from monitor.cli.show import show_json
from monitor.cli.waits import Waits
from monitor.cli.words import ending, length, one_line, plain, turn
from monitor.features.activity.spec import OutputLine
from monitor.kernel.activity import Activity, State
from monitor.kernel.operation import StepInfo

if TYPE_CHECKING:
    from monitor.client.blocking import Client


class View(Protocol):
    """What shows an activity while it runs."""

    def record(self, activity: Activity) -> None:
        """The record as it is now: its state, its steps."""
        ...

    def line(self, step: str, text: str) -> None:
        """One line of output."""
        ...

    def close(self) -> None:
        """Nothing more is shown here."""
        ...


class Plain:
    """Lines for a pipe or a log: each step's begin and end, output under its step's name."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def record(self, activity: Activity) -> None:
        if activity.state is State.QUEUED and (waits := turn(activity)):
            self._say(f"queued: {waits}")
        for step in activity.steps:
            self._say(f"== {step.name}")
            if step.outcome:
                self._say(f"== {step.name}: {ending(step)}")

    def line(self, step: str, text: str) -> None:
        sys.stdout.write(f"{step} | {plain(text)}\n" if step else f"{plain(text)}\n")
        sys.stdout.flush()

    def close(self) -> None:
        sys.stdout.flush()

    def _say(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            sys.stdout.write(one_line(text) + "\n")
            sys.stdout.flush()


def follow(
    client: "Client",
    activity: Activity,
    steps: Sequence[StepInfo] = (),
    *,
    quiet: bool = False,
    as_json: bool = False,
) -> int:
    """Show it until it has ended, with the steps its operation has; Ctrl-C leaves it running and says how to come back
    to it.
    """
    try:
        ended = client.wait(activity) if quiet or as_json else _shown(client, activity, steps)
    except KeyboardInterrupt:
        sys.stderr.write(
            f"\nleft running; follow it: monitor activity follow {activity.id}\n"
            f"              end it: monitor activity cancel {activity.id}\n"
        )
        return Exit.DETACHED
    if as_json:
        show_json(ended)
    else:
        tell_end(ended)
    return exits.of_state(ended.state)


def tell_end(activity: Activity) -> None:
    """Its outcome in one line, and the way out where it did not succeed."""
    took = ""
    if activity.ended:
        took = f" ({length((activity.ended - (activity.started or activity.created)).total_seconds())})"
    if activity.state is State.SUCCEEDED:
        sys.stdout.write(f"{one_line(activity.summary or activity.operation + ' succeeded')}{took}\n")
        return
    why = activity.error or activity.summary
    sys.stderr.write(f"{activity.state.value}{took}: {plain(why) if why else activity.operation}\n")
    if activity.hint:
        sys.stderr.write(f"hint: {plain(activity.hint)}\n")


def _shown(client: "Client", activity: Activity, steps: Sequence[StepInfo]) -> Activity:
    view = _view(activity, steps)
    lines, newest, waits = Lines(), activity, Waits(client)
    try:
        for event in client.follow(activity):
            if isinstance(event, OutputLine):
                for step, text in lines.add(event):
                    view.line(step, text)
            else:
                newest = event
                view.record(waits.named(event))
        for step, text in lines.rest():
            view.line(step, text)
    finally:
        view.close()
    return newest


def _view(activity: Activity, steps: Sequence[StepInfo]) -> View:
    if not sys.stdout.isatty():
        return Plain()
    from monitor.cli.screen import Screen  # noqa: PLC0415 - rich, for terminals only

    return Screen(activity, steps)
