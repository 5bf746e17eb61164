"""A simulated host's way of asking registries: what a test says they have."""

from monitor.abilities.agent.contract import CallHandler
from monitor.abilities.container.registry import sign_in_hint
from monitor.abilities.registry.answers import MADE_HERE, from_failure, unknown
from monitor.abilities.registry.calls import AskRegistry, Latest, Runs, Signed, SignIn, Told, Trouble
from monitor.kernel.errors import HostError, NotFound
from monitor.kernel.ownership import is_of
from monitor.testing.machine import Machine


async def ask(machine: Machine, call: AskRegistry) -> Told:
    """What runs, then what there is."""
    machine.need_docker()
    container = machine.find(call.container)
    if call.deployment and not is_of(call.deployment, container.view.id, dict(container.view.labels)):
        raise NotFound(f"the container {call.container} on this host is not this deployment's")
    id = container.view.image_id
    labels = machine.image_labels.get(container.view.image, {})
    runs = Runs(
        image_id=id,
        digests=machine.origins.get(id, ()),
        made_here=id not in machine.origins,
        platform="linux/amd64",
        writes=container.view.image in machine.writing,
        source=labels.get("org.opencontainers.image.source", ""),
        version=labels.get("org.opencontainers.image.version", ""),
    )
    known = MADE_HERE if runs.made_here and not call.from_registry else call.known
    return Told(runs=runs, latest=known or await _latest(machine, call))


async def _latest(machine: Machine, call: AskRegistry) -> Latest:
    machine.asked.append(call.reference)
    await machine.spend("registry")
    if refusal := machine.refusals.get(call.reference):
        return from_failure(HostError(refusal))
    given = (call.auth.username, call.auth.token) if call.auth else None
    if machine.private.get(call.reference, given) != given:
        return from_failure(HostError("unauthorized: authentication required"))
    digest = machine.tags.get(call.reference)
    return Latest(digest=digest) if digest else unknown(Trouble.LASTING, "the registry has no such image, or no longer")


async def sign_in(machine: Machine, call: SignIn) -> Signed:
    """Where something is private, who may have it; else everybody."""
    machine.need_docker()
    await machine.spend("registry")
    known = set(machine.private.values())
    if known and (call.auth.username, call.auth.token) not in known:
        text = "unauthorized: incorrect username or password"
        return Signed(error=text, hint=sign_in_hint(text, call.auth))
    return Signed()


CALLS = (CallHandler(AskRegistry, ask), CallHandler(SignIn, sign_in))
