"""Noted: what of a build's config cannot work as its builder stands now; it is stored all the same. Pure."""

from collections.abc import Iterator
from typing import Any

from monitor.abilities.build.calls import Maker
from monitor.abilities.container.registry import domain_of
from monitor.abilities.git.address import Address
from monitor.kernel.noted import Beside, Noted, called, sentence
from monitor.kernel.sentence import listed
from monitor.resources.build import plan
from monitor.resources.build.config import BuildConfig
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.naming import image_name

Change = Noted[BuildConfig, BuildInfo]
_REFUSED = "and a run is refused"


def notes(given: Change) -> Iterator[str]:
    """Each in a sentence, with the way out."""
    if given.config.source is None and not given.config.written.strip():
        yield sentence(plan.NO_SOURCE)
    yield from _builder(given)
    yield from _git_account(given)
    yield from _registry_accounts(given)
    yield from _same_name(given)


def _builder(given: Change) -> Iterator[str]:
    """What where it is built cannot do."""
    if silent := plan.silent(given.view):
        yield sentence(silent)
    agent = given.view.agent if given.view is not None and given.view.answers else None
    if agent is None:
        return
    powers = sorted(power.value for power in plan.powers(given.config) if power.value not in agent.powers)
    if powers:
        what = f"the host power{'s' if len(powers) > 1 else ''} {listed(powers)}"
        yield f"Its builder does not allow {what}: a run is refused until its owner does, under [policy] there."
    if agent.programs is not None:
        yield from _programs(given.config, agent.programs)


def _programs(config: BuildConfig, there: tuple[str, ...]) -> Iterator[str]:
    if config.source is not None and "git" not in there:
        yield "Its builder had no git when its periphery last connected, and no source is fetched without: install it."
    if "docker-buildx" in there:
        return
    without = "Its builder had no docker buildx when its periphery last connected"
    if config.maker is Maker.BUILDKIT or config.secrets or config.entitlements:
        yield f"{without}, which this build needs: install it there."
    elif "docker" not in there:
        yield f"{without}, and no docker program for the classic builder: install one of the two there."


def _git_account(given: Change) -> Iterator[str]:
    """Who fetches."""
    source, account = given.config.source, given.other("git_account", given.config.account)
    if source is None or account is None:
        return
    address = Address.of(source.url)
    who = _who(account, "git account")
    if account.config.host != address.host:
        where = address.host or "this host"
        yield sentence(f"{who} is not for {where}, where the source comes from, {_REFUSED}: choose the account of that")
    field, what = ("private_key", "private key") if address.scheme == "ssh" else ("token", "token")
    if field not in account.sealed:
        yield sentence(f"{who} has no {what}, {_REFUSED}: give it one, or choose another account")


def _registry_accounts(given: Change) -> Iterator[str]:
    """Who pushes and who fetches base images."""
    for to in given.config.push_to:
        account, domain = given.other("registry_account", to.account), domain_of(to.image)
        if account is not None and account.config.domain != domain:
            yield sentence(
                f"{_who(account, 'registry account')} is not for {domain}, where {to.image} is pushed to, {_REFUSED}: "
                "choose the account of that registry, or none"
            )
    named = [to.account for to in given.config.push_to] + [base.account for base in given.config.base_accounts]
    for id in dict.fromkeys(named):
        account = given.other("registry_account", id)
        if account is not None and "token" not in account.sealed:
            yield sentence(f"{_who(account, 'registry account')} has no token, {_REFUSED}: give it one")


def _same_name(given: Change) -> Iterator[str]:
    """One would take the other's place."""
    image = image_name(given.config, given.name)
    for other in given.others("build"):
        same = other.config.builder == given.config.builder and image_name(other.config, other.name) == image
        if same:
            yield sentence(
                f"{called(other, 'build')} makes images called {image} on its builder, too: once that has, a run is "
                "refused; give one of them another image name"
            )


def _who(account: Beside[Any, Any], kind: str) -> str:
    return called(account, kind) if account.known else f"its {kind}"
