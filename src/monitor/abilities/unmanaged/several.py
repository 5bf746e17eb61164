"""Several: what one job over several containers came to. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.abilities.container.calls import ContainerVerb
from monitor.abilities.unmanaged.calls import Done
from monitor.kernel.errors import HostError


class Failed(NamedTuple):
    """One it could not be done to, and why."""

    name: str
    failure: HostError


def summed_up(verb: ContainerVerb, done: Sequence[Done], failed: Sequence[Failed]) -> tuple[Done, ...]:
    """What was done; HostError that names each it could not be done to."""
    if not failed:
        return tuple(done)
    if len(failed) == 1 and not done:
        raise failed[0].failure
    said = "\n".join(f"{name}: {failure.message}" for name, failure in failed)
    others = f" It was done to the others: {', '.join(each.name for each in done)}." if done else ""
    raise HostError(
        f"{verb.value} failed for {len(failed)} of {len(failed) + len(done)} containers.{others}\n{said}",
        hint=failed[0].failure.hint,
    )
