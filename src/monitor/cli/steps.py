"""Steps: those an activity took and those still to come, in order, each as its operation describes it. Pure."""

from collections.abc import Sequence

from monitor.kernel.activity import Activity, Step
from monitor.kernel.operation import StepInfo


def steps_of(activity: Activity, declared: Sequence[StepInfo]) -> list[tuple[StepInfo, Step | None]]:
    """None: not reached yet, or never. What the host passed over without taking it is left out."""
    taken = {step.name: step for step in activity.steps}
    unknown = [StepInfo(name, "") for name in taken if name not in {info.name for info in declared}]
    last = max((at for at, info in enumerate(declared) if info.name in taken), default=-1)
    coming = [info for info in declared[last + 1 :] if info.name in activity.expected]
    before = [info for info in declared[: last + 1] if info.name in taken]
    return [(info, taken.get(info.name)) for info in (*before, *unknown, *coming)]
