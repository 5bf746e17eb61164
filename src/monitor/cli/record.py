"""One activity for people: who, what, when and how it ended; its steps and what it changed."""

import sys

from monitor.cli.words import ago, ending, length, one_line, turn
from monitor.kernel.activity import Activity
from monitor.kernel.clock import SystemClock


def show_activity(activity: Activity) -> None:
    """A line a fact; nothing is said of what is empty."""
    now = SystemClock().now()
    what = f"{activity.what.type} {activity.what.name}" if activity.what else ""
    took = length(((activity.ended or now) - activity.started).total_seconds()) if activity.started else ""
    facts = {
        "operation": activity.operation,
        "on": what,
        "by": f"{activity.who.name} ({activity.origin})",
        "asked by": f"{activity.cause.type} {activity.cause.name}".strip() if activity.cause else "",
        "when": ago(activity.created, now),
        "took": took,
        "state": activity.state.value,
        "waits": turn(activity),
        "result": activity.summary,
        "error": activity.error,
        "hint": activity.hint,
        "part of": activity.parent,
        "id": activity.id,
    }
    for name, text in facts.items():
        if text:
            sys.stdout.write(f"{name + ':':<12} {one_line(text)}\n")
    for step in activity.steps:
        sys.stdout.write(f"step         {one_line(step.name)}: {ending(step) if step.outcome else 'running'}\n")
    for change in activity.changes:
        text = f"{change.field}: {change.before or 'nothing'} -> {change.after or 'nothing'}"
        sys.stdout.write(f"change       {one_line(text)}\n")
