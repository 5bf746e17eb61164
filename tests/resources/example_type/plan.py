"""From a lookout's config to its job, and from its server to its state. Pure."""

from monitor.abilities.container.calls import ActOnContainer, ContainerVerb
from monitor.kernel.errors import Invalid
from monitor.kernel.hostview import Link
from monitor.kernel.resource import StatusInput
from tests.resources.example_type.spec import LookoutConfig, LookoutInfo, LookoutStatus


def work(config: LookoutConfig) -> ActOnContainer:
    """What its server is asked to do."""
    return ActOnContainer(name=config.container, verb=ContainerVerb.RESTART)


def validate(old: LookoutConfig | None, new: LookoutConfig) -> None:
    """Refuse what cannot be meant."""
    if new.container == "none":
        raise Invalid.field("config.container", "none is no container")


def status(given: StatusInput[LookoutConfig, LookoutInfo]) -> LookoutStatus:
    """up or down."""
    return LookoutStatus(state="up" if given.view and given.view.link is Link.UP else "down")
