"""Followers: which deployments follow a build, which of them a redeploy leaves alone, and with whose right it is."""

from monitor.core.asker import stands_for, who_set
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.kernel.activity import Who
from monitor.kernel.errors import NotFound
from monitor.resources.deployment.values import BuiltImage

ORIGIN = "redeploy_on_build"
_RUNS = ("running", "restarting", "unknown")


def followers(parts: Parts, build: str, version: str) -> list[Record]:
    """Those that ask to be redeployed when the build has made this version, by name."""
    return [r for r in parts.catalog.by_name("deployment") if follows(r, build, version)]


def follows(record: Record, build: str, version: str) -> bool:
    """Whether it asks for this version of the build."""
    config = record.stored.config
    image = config.image
    asks = config.redeploy_on_build and isinstance(image, BuiltImage)
    return asks and image.build == build and image.version in ("", version)


def left_alone(record: Record) -> str:
    """Why a redeploy leaves it as it is: it starts nothing that does not run; empty: it is redeployed."""
    state = record.status.state
    if state in _RUNS:  # of one that is unknown the deploy says why it cannot be done
        return ""
    if state == "not_deployed":
        return "it was never deployed"
    return f"its container is {state}, and a redeploy starts nothing that does not run"


def who_asked(record: Record) -> Who:
    """Who switched it on; nobody for one that does not say."""
    return who_set(record, ORIGIN) or Who("nobody", "", "nobody")


def caller_for(parts: Parts, record: Record, build: str) -> Caller:
    """Whoever switched it on, with the rights he has now. Conflict or NotFound where he may not any more."""
    caller = stands_for(parts, record, ORIGIN, ORIGIN)
    if not parts.permit.readable(caller, "build", build):
        raise NotFound(f"{caller.who.name}, who switched it on, may not read the build any more")
    return caller
