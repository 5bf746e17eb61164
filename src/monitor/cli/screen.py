"""Screen: an action on a terminal, its output running by above, its steps lighting up below, those to come in grey."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from monitor.cli.steps import steps_of
from monitor.cli.words import ending, length, one_line, turn
from monitor.kernel.activity import Activity, State, Step
from monitor.kernel.clock import SystemClock
from monitor.kernel.operation import StepInfo

MARKS = {"succeeded": ("✓", "green"), "failed": ("✗", "red"), "cancelled": ("⊘", "yellow")}


class Screen:
    """Draws with rich; redraws itself several times a second so that elapsed times move."""

    def __init__(self, activity: Activity, steps: Sequence[StepInfo]) -> None:
        self._activity = activity
        self._steps = steps
        self._clock = SystemClock()
        self._console = Console(highlight=False)
        self._spinners: dict[str, Spinner] = {}
        self._live = Live(console=self._console, get_renderable=self._draw, refresh_per_second=8)
        self._live.start()

    def record(self, activity: Activity) -> None:
        self._activity = activity

    def line(self, step: str, text: str) -> None:
        self._console.print(Text.assemble((f"{step} │ " if step else "", "dim"), one_line(text)), soft_wrap=True)

    def close(self) -> None:
        self._live.stop()

    def _draw(self) -> RenderableType:
        activity = self._activity
        on = f" {activity.what.name}" if activity.what else ""
        title = Text(f"{activity.operation}{on}", style="bold")
        if activity.state is State.QUEUED:
            waits = turn(activity)
            title.append(f"  queued: {waits}" if waits else "  queued", "yellow")
        elif activity.cancel_requested and not activity.state.ended:
            title.append("  being cancelled", "yellow")
        steps = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
        for info, step in steps_of(activity, self._steps):
            name, took = Text(one_line(info.name), style="" if step else "dim"), self._took(step) if step else ""
            steps.add_row(self._mark(step), name, Text(info.title, style="dim"), Text(took, style="dim"))
        return Group(title, steps)

    def _mark(self, step: Step | None) -> RenderableType:
        if step is None:
            return Text("·", style="dim")
        if step.outcome:
            mark, style = MARKS.get(step.outcome, ("?", ""))
            return Text(mark, style=style)
        return self._spinners.setdefault(step.name, Spinner("dots", style="cyan"))

    def _took(self, step: Step) -> str:
        if step.ended:
            return ending(step).partition("(")[2].rstrip(")")
        return length((self._clock.now() - step.started).total_seconds())
