"""What a deployment's config asks for, and from what is known of its host, its state. Pure."""

from collections.abc import Mapping
from typing import Any

from monitor.abilities.container.calls import Label
from monitor.abilities.container.canonical import canonical
from monitor.abilities.container.endpoints import endpoints
from monitor.abilities.container.exclusive import held
from monitor.abilities.container.names import job_of
from monitor.abilities.container.powers import host_powers
from monitor.abilities.container.storage import volume_names
from monitor.kernel.claims import Claims
from monitor.kernel.holding import Holding
from monitor.kernel.hostview import Container, HostView, Link
from monitor.kernel.ownership import is_of
from monitor.kernel.permission import HostPower
from monitor.kernel.resource import StatusInput
from monitor.resources.deployment import newer, rules
from monitor.resources.deployment.body import engine_body
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo, DeploymentStatus
from monitor.resources.deployment.values import BuiltImage, LiteralImage, UpdateOrder

_ACTS = ("start", "stop", "restart", "pause", "unpause", "kill")
_ON_CONTAINER = tuple(
    f"deployment.{verb}" for verb in (*_ACTS, "remove", "log", "log_file", "terminal", "check_update", "update_image")
)
_DEPLOYING = ("deployment.deploy", "deployment.roll_back")
_AT_HOST = (*_DEPLOYING, "deployment.pull", *_ON_CONTAINER)
_TERMINAL = "deployment.terminal"
_UP = ("running", "restarting", "paused")
_DOWN = tuple(f"deployment.{verb}" for verb in ("stop", "pause", "unpause", "kill"))


def validate(old: DeploymentConfig | None, new: DeploymentConfig) -> None:
    """Refuse what Docker would refuse, or what cannot be meant."""
    del old
    rules.check(new)


def container_name(config: DeploymentConfig, name: str) -> str:
    """The container's name on the host."""
    return config.container_name or name


def labels(core: str, deployment: str) -> dict[str, str]:
    """What marks a container as this deployment's."""
    return {Label.CORE.value: core, Label.DEPLOYMENT.value: deployment}


def powers(config: DeploymentConfig) -> frozenset[HostPower]:
    """Host powers the config asks for, judged on the body that would be sent."""
    return host_powers(engine_body(config, "image", {}))


def expected_steps(config: DeploymentConfig, body: Mapping[str, Any], state: str) -> tuple[str, ...]:
    """The steps a deploy of this body takes, judged by the container's state as core knows it: the host decides."""
    pull = ("pull",) if config.pull else ()
    if state in ("not_deployed", "unknown"):
        return (*pull, "create", "start", "verify")
    if state in _UP and config.update_order is UpdateOrder.START_FIRST and not held(body):
        return (*pull, "create", "start", "verify", "rename", "remove")
    return (*pull, "create", "park", "start", "verify", "remove")


def claims(config: DeploymentConfig, info: DeploymentInfo) -> Claims:
    """What it needs of its server's Docker: what its config names, and the image of its last deploy."""
    body = canonical(engine_body(config, "image", {}))
    literal = (config.image.image,) if isinstance(config.image, LiteralImage) else ()
    images = (*literal, info.image, info.image_id)
    pinned = config.image if isinstance(config.image, BuiltImage) and config.image.version else None
    return Claims(
        images=tuple(image for image in images if image),
        volumes=volume_names(body),
        networks=tuple(endpoints(body)),
        versions=((pinned.build, pinned.version),) if pinned else (),
    )


def holds(config: DeploymentConfig, info: DeploymentInfo) -> tuple[Holding, ...]:
    """The version of a build it runs, and the one it is kept at."""
    image = config.image if isinstance(config.image, BuiltImage) else None
    build = info.build or (image.build if image else "")  # older cores did not note which build it was
    runs = (Holding(id=build, part=info.version, runs=True),) if build and info.version else ()
    named = (Holding(id=image.build, part=image.version),) if image and image.version else ()
    return (*runs, *named)


def status(given: StatusInput[DeploymentConfig, DeploymentInfo]) -> DeploymentStatus:
    """The container's state; unknown, saying which side is silent, when the host or its Docker does not answer."""
    view = given.view
    if view is None or view.link is Link.NEVER:
        return DeploymentStatus(
            state="unknown", reason="its server has no periphery: none has joined yet, or it is disabled"
        )
    if view.link is Link.DOWN:
        return DeploymentStatus(state="unknown", reason=f"the server does not answer: {view.reason}", since=view.since)
    if not view.docker:
        return DeploymentStatus(state="unknown", reason=f"its Docker does not answer: {view.reason}", since=view.since)
    name = container_name(given.config, given.name)
    container = find_container(given.id, name, given.info, view)
    if container is None:
        return DeploymentStatus(state="not_deployed", reason=_why_not_deployed(given, name, view))
    return _of_container(given, name, container)


def _of_container(
    given: StatusInput[DeploymentConfig, DeploymentInfo], name: str, container: Container
) -> DeploymentStatus:
    outdated = 0 < given.info.revision < given.revision
    return DeploymentStatus(
        state=container.state,
        health=container.health,
        reason=container.reason,
        image=_image(given.info, container),
        since=container.started if container.state == "running" else container.finished,
        restarts=container.restarts,
        ports=container.ports,
        outdated=outdated,
        drift=_drift(given.info, name, container, outdated=outdated),
        update=newer.as_it_stands(
            given.info.update, given.config.image, given.info.version, _digest(given.info, container), container
        ),
        updates_as=given.set_by.get("auto_update", ""),
        redeploys_as=given.set_by.get("redeploy_on_build", ""),
    )


def hinders(given: StatusInput[DeploymentConfig, DeploymentInfo], status: DeploymentStatus) -> dict[str, str]:
    """What cannot work in this state, and why."""
    return {
        **_hindered_by_state(given, status),
        **_hindered_rename(given, status),
        **_nothing_newer(status),
    }


def _hindered_by_state(
    given: StatusInput[DeploymentConfig, DeploymentInfo], status: DeploymentStatus
) -> dict[str, str]:
    if status.state == "unknown":
        return dict.fromkeys(_AT_HOST, status.reason)
    if status.state == "removing":
        return dict.fromkeys(_AT_HOST, "it is being removed")
    if status.state == "not_deployed":
        why = "it has never been deployed" if given.info.deployed is None else "it has no container: deploy it"
        foreign = dict.fromkeys(_DEPLOYING, status.reason) if status.reason == _foreign(given) else {}
        return {**dict.fromkeys(_ON_CONTAINER, why), **foreign}
    if status.state not in _UP:
        return dict.fromkeys((*_DOWN, _TERMINAL), "it is not running")
    terminal = {} if status.state == "running" else {_TERMINAL: f"it is {status.state}"}
    return {"deployment.start": _already_up(status.state), **terminal, **_hindered_pause(status.state)}


def _already_up(state: str) -> str:
    return {"running": "it is running already", "paused": "it is paused: unpause it"}.get(state, f"it is {state}")


def _hindered_pause(state: str) -> dict[str, str]:
    if state == "paused":
        return {"deployment.pause": "it is paused already"}
    pause = {} if state == "running" else {"deployment.pause": f"it is {state}"}
    return {"deployment.unpause": "it is not paused", **pause}


def _hindered_rename(given: StatusInput[DeploymentConfig, DeploymentInfo], status: DeploymentStatus) -> dict[str, str]:
    follows = not given.config.container_name and bool(given.info.container)
    return {"deployment.rename": status.reason} if follows and status.state == "unknown" else {}


def _nothing_newer(status: DeploymentStatus) -> dict[str, str]:
    if status.update is None or status.update.state is not newer.UpdateState.NONE:
        return {}
    return {"deployment.update_image": status.update.reason or "there is nothing newer"}


def owner_of(id: str, info: DeploymentInfo) -> str:
    """By what its container is known: the deployment's id, or, until it is deployed, that of the adopted container."""
    return info.container if info.adopted else id


def find_container(id: str, name: str, info: DeploymentInfo, view: HostView) -> Container | None:
    """The deployment's own container: the one of this name, else the one deployed last, under whatever name."""
    for found in (view.named(name), view.containers.get(info.container)):
        if found is not None and is_of(owner_of(id, info), found.id, dict(found.labels)):
            return found
    return None


def _drift(info: DeploymentInfo, name: str, found: Container, *, outdated: bool) -> str:
    """What a container's id and name tell. One made by a later job is being deployed, and no drift; where the config
    was changed, so may the name in it have been.
    """
    if info.container != found.id:
        replaced = bool(info.container) and dict(found.labels).get(Label.ACTIVITY, "") <= info.activity
        return "its container was replaced outside Monitor" if replaced else ""
    passing = bool(job_of(found.name)[1])
    return "" if outdated or passing or found.name == name else f"its container is called {found.name} now"


def _image(info: DeploymentInfo, container: Container) -> str:
    """What it runs, under the name that was deployed also where that name means another image by now: of such a one
    Docker tells the id alone.
    """
    known = info.image_id == container.image_id and container.image.startswith("sha256:")
    return (known and info.image) or container.image


def _digest(info: DeploymentInfo, container: Container) -> str:
    return info.digest if info.image_id == container.image_id else ""


def _why_not_deployed(given: StatusInput[DeploymentConfig, DeploymentInfo], name: str, view: HostView) -> str:
    if view.named(name) is not None:
        return _foreign(given)
    if given.info.container and given.info.server not in ("", given.config.server):
        return "it was deployed on another server before; the container there is left as it is"
    return ""


def _foreign(given: StatusInput[DeploymentConfig, DeploymentInfo]) -> str:
    return f"another container on the server is called {container_name(given.config, given.name)}"
