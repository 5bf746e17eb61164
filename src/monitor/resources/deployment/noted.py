"""Noted: what of a deployment's config cannot work as its server stands now; it is stored all the same. Pure."""

from collections.abc import Iterator
from typing import Any

from monitor.abilities.container.canonical import canonical
from monitor.abilities.container.endpoints import endpoints
from monitor.abilities.container.powers import host_powers
from monitor.abilities.container.published import published
from monitor.abilities.container.registry import domain_of
from monitor.abilities.container.wants import lacking, wants
from monitor.kernel.hostview import AgentInfo, HostView
from monitor.kernel.noted import Beside, Noted, called, sentence
from monitor.kernel.sentence import listed
from monitor.resources.build.version import numbers
from monitor.resources.deployment.body import engine_body
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.values import BuiltImage, LiteralImage

Change = Noted[DeploymentConfig, DeploymentInfo]
Other = Beside[DeploymentConfig, DeploymentInfo]

_MOST = 5
"""More others than these are counted."""


def notes(given: Change) -> Iterator[str]:
    """Each in a sentence, with the way out."""
    body = canonical(engine_body(given.config, "image", {}))
    view = given.view
    if view is not None and view.answers:
        yield from _missing(view, body)
        if view.agent is not None:
            yield from _refused(view.agent, body)
    yield from _shared(given, body)
    yield from _image(given)


def _missing(view: HostView, body: dict[str, Any]) -> Iterator[str]:
    """What its server's Docker has not."""
    wanted = wants(body)
    for lack in lacking(wanted, view.offers) if view.offers else ():
        yield f"Its server has {lack.what} now, and a deploy fails without: {lack.way}."
    for name in wanted.containers:
        if view.named(name) is None and not any(id.startswith(name) for id in view.containers):
            yield f"Its server has no container {name} now, of which it shares something: start that one first."


def _refused(agent: AgentInfo, body: dict[str, Any]) -> Iterator[str]:
    """What the server itself will not do, whoever asks."""
    powers = sorted(power.value for power in host_powers(body) if power.value not in agent.powers)
    if powers:
        what = f"the host power{'s' if len(powers) > 1 else ''} {listed(powers)}"
        yield f"Its server does not allow {what}: a deploy is refused until its owner does, under [policy] there."
    cpus = float(body["HostConfig"].get("NanoCpus") or 0) / 1e9
    if 0 < agent.cores < cpus:
        yield f"Its server has {agent.cores} processors, and Docker takes no higher number of cpus than that."


def _shared(given: Change, body: dict[str, Any]) -> Iterator[str]:
    """What only one of two deployments on a server can have."""
    name, ports, addresses = _container(given), published(body), _addresses(body)
    told: list[str] = []
    for other in given.others("deployment"):
        if other.config.server != given.config.server:
            continue
        theirs = canonical(engine_body(other.config, "image", {}))
        both = [f"the container name {name}"] if name == _container(other) else []
        both += [f"host port {port.in_words}" for port in ports if any(map(port.clashes, published(theirs)))]
        both += [f"the address {address} on {net}" for net, address in sorted(addresses & _addresses(theirs))]
        if both:
            told.append(
                sentence(
                    f"{called(other, 'deployment')} has {listed(both)} on its server, too: only one of the two can run"
                )
            )
    yield from told[:_MOST]
    if (more := len(told) - _MOST) > 0:
        yield f"{more} more deployments on its server have one of these, too."


def _container(of: Change | Other) -> str:
    """What its container is called."""
    return of.config.container_name or of.name


def _addresses(body: dict[str, Any]) -> set[tuple[str, str]]:
    """Fixed ones, by network."""
    found: set[tuple[str, str]] = set()
    for network, settings in endpoints(body).items():
        given: dict[str, Any] = settings.get("IPAMConfig") or {}
        found |= {(network, str(given[key])) for key in ("IPv4Address", "IPv6Address") if given.get(key)}
    return found


def _image(given: Change) -> Iterator[str]:
    """Where it would come from."""
    config = given.config
    account = given.other("registry_account", config.account)
    if account is not None:
        who = called(account, "registry account") if account.known else "its registry account"
        if isinstance(config.image, LiteralImage) and account.config.domain != domain_of(config.image.image):
            domain = domain_of(config.image.image)
            yield sentence(
                f"{who} is not for {domain}, where the image comes from, and a deploy is refused: choose the account "
                "of that registry, or none"
            )
        if "token" not in account.sealed:
            yield sentence(f"{who} has no token yet, and a deploy is refused: give it one")
    if isinstance(config.image, BuiltImage):
        yield from _built(given, config.image)


def _built(given: Change, image: BuiltImage) -> Iterator[str]:
    build = given.other("build", image.build)
    if build is None:
        return
    who, info = called(build, "build") if build.known else "its build", build.info
    if not info.image:
        yield sentence(f"{who} has built nothing yet: run it before a deploy")
    elif image.version and numbers(image.version) > numbers(info.version):
        yield sentence(f"{who} has made no version {image.version}: its newest is {info.version}")
    if build.config.builder.server != given.config.server and not build.config.push_to:
        yield sentence(
            f"{who} runs on another server and pushes to no registry, so a deploy finds no image: give it a registry "
            "in push_to, or deploy where it builds"
        )
