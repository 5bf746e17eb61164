"""From what the daemon says of a container and its image to a config that would make the same one."""

import msgspec
from msgspec import Struct

from monitor.kernel.errors import Conflict
from monitor.resources.deployment.adoption.environment import environment
from monitor.resources.deployment.adoption.host import host_fields
from monitor.resources.deployment.adoption.network import network_fields
from monitor.resources.deployment.adoption.program import program_fields
from monitor.resources.deployment.adoption.told import Told, items, part
from monitor.resources.deployment.config import DeploymentConfig

_COMPOSE = "com.docker.compose."
_SHORT_ID = 12


class Taken(Struct, frozen=True):
    """What was made of a container."""

    config: DeploymentConfig
    left: tuple[str, ...]
    """What cannot be taken over, each in a few words."""
    compose: str = ""
    """The compose project it is of."""


def take(told: Told, image: Told, server: str, secrets: tuple[str, ...] | None = None) -> Taken:
    """`told`: GET /containers/{id}/json; `image`: that of its image, {} if it is gone. `secrets`: names of variables
    whose values are kept as secrets; None: those that look like it. Conflict for what no config can hold.
    """
    made, own = part(told, "Config"), part(image, "Config")
    left: list[str] = []
    fields: Told = {
        "server": server,
        "image": {"kind": "image", "image": _image(told, image, left)},
        "container_name": str(told.get("Name", "")).lstrip("/"),
        **program_fields(made, own, left),
        **environment(made, own, secrets),
        **network_fields(told, left),
        **host_fields(part(told, "HostConfig"), left),
        "labels": _labels(part(made, "Labels"), part(own, "Labels")),
    }
    project = str(part(made, "Labels").get(f"{_COMPOSE}project", ""))
    if project:
        left.append(f"the labels of compose project {project}: once it is deployed anew, compose may make another")
    try:
        config = msgspec.convert(fields, DeploymentConfig)
    except msgspec.ValidationError as wrong:
        raise Conflict(f"a deployment cannot say what it is: {wrong}") from None
    return Taken(config, tuple(left), project)


def _labels(given: Told, own: Told) -> list[Told]:
    """Its own; those of its image come with that, compose's and Monitor's are not for people to set."""
    kept = {k: v for k, v in given.items() if own.get(k) != v and not k.startswith((_COMPOSE, "monitor."))}
    return [{"name": name, "value": value} for name, value in sorted(kept.items())]


def _image(told: Told, image: Told, left: list[str]) -> str:
    """Its reference; of one made from an id, a tag that means the same."""
    given, id = str(part(told, "Config").get("Image", "")), str(told.get("Image", ""))
    by_id = given.startswith("sha256:") or (len(given) >= _SHORT_ID and id.startswith(f"sha256:{given}"))
    if given and not by_id:
        return given
    tags = items(image, "RepoTags")
    if tags:
        return str(tags[0])
    left.append("a name of its image, which has none: no registry can be asked for it")
    return id
