"""From a deployment's config to the Engine's body, and from what is known of its host to its state. Pure."""

from typing import Any

from monitor.abilities.container.calls import Label
from monitor.abilities.container.names import job_of
from monitor.abilities.container.powers import host_powers
from monitor.kernel.errors import Invalid
from monitor.kernel.hostview import Container, HostView, Link
from monitor.kernel.permission import HostPower
from monitor.kernel.resource import StatusInput
from monitor.resources.deployment.spec import (
    DeploymentConfig,
    DeploymentInfo,
    DeploymentStatus,
    PublishedPort,
    RestartPolicy,
    Volume,
)

_MOST_LINES = 500
_ON_CONTAINER = tuple(f"deployment.{verb}" for verb in ("start", "stop", "restart", "remove", "log"))
_AT_HOST = ("deployment.deploy", *_ON_CONTAINER)
_UP = ("running", "restarting", "paused")


def validate(old: DeploymentConfig | None, new: DeploymentConfig) -> None:
    """Refuse what Docker would refuse, or what cannot be meant."""
    del old
    if job_of(new.container_name)[1]:
        raise Invalid.field("config.container_name", "a name of this form is one Monitor gives to what stands aside")
    _unique("config.ports", [f"{p.address}:{p.host}/{p.protocol}" for p in new.ports if p.host])
    _unique("config.volumes", [v.target for v in new.volumes])
    _unique("config.environment", [v.name for v in (*new.environment, *new.secret_environment)])
    for secret in new.secret_environment:
        if secret.value is not None and secret.value.count("\n") >= _MOST_LINES:
            field = f"config.secret_environment[{secret.name}].value"
            raise Invalid.field(field, f"no more than {_MOST_LINES} lines: each is looked for in every byte of output")
    for index, volume in enumerate(new.volumes):
        _check_volume(volume, f"config.volumes[{index}]")


def container_name(config: DeploymentConfig, name: str) -> str:
    """The container's name on the host."""
    return config.container_name or name


def engine_body(config: DeploymentConfig, image: str, labels: dict[str, str]) -> dict[str, Any]:
    """Body of `POST /containers/create` (Engine API 1.41) for a config with its secrets revealed."""
    body: dict[str, Any] = {
        "Image": image,
        "Env": [f"{v.name}={v.value or ''}" for v in (*config.environment, *config.secret_environment)],
        "Labels": labels,
        "ExposedPorts": {f"{p.container}/{p.protocol}": {} for p in config.ports},
        "StopTimeout": config.stop_timeout,
        "HostConfig": {
            "NetworkMode": config.network,
            "PortBindings": _bindings(config.ports),
            "RestartPolicy": _restart(config.restart),
            "Binds": [_bind(v) for v in config.volumes],
        },
    }
    if config.command:
        body["Cmd"] = list(config.command)
    return body


def labels(core: str, deployment: str) -> dict[str, str]:
    """What marks a container as this deployment's."""
    return {Label.CORE.value: core, Label.DEPLOYMENT.value: deployment}


def powers(config: DeploymentConfig) -> frozenset[HostPower]:
    """Host powers the config asks for, judged on the body that would be sent."""
    return host_powers(engine_body(config, "image", {}))


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
    return DeploymentStatus(
        state=container.state,
        health=container.health,
        reason=container.reason,
        image=container.image,
        since=container.started if container.state == "running" else container.finished,
        restarts=container.restarts,
        ports=container.ports,
        outdated=0 < given.info.revision < given.revision,
    )


def hinders(given: StatusInput[DeploymentConfig, DeploymentInfo], status: DeploymentStatus) -> dict[str, str]:
    """What cannot work in this state, and why."""
    if status.state == "unknown":
        return dict.fromkeys(_AT_HOST, status.reason)
    if status.state == "removing":
        return dict.fromkeys(_AT_HOST, "it is being removed")
    if status.state == "not_deployed":
        why = "it has never been deployed" if given.info.deployed is None else "it has no container: deploy it"
        foreign = {"deployment.deploy": status.reason} if status.reason == _foreign(given) else {}
        return {**dict.fromkeys(_ON_CONTAINER, why), **foreign}
    if status.state in _UP:
        return {"deployment.start": f"it is {status.state}" + (" already" if status.state == "running" else "")}
    return {"deployment.stop": "it is not running"}


def find_container(id: str, name: str, info: DeploymentInfo, view: HostView) -> Container | None:
    """The deployment's own container: the one of this name, else the one deployed last, under whatever name."""
    for found in (view.named(name), view.containers.get(info.container)):
        if found is not None and dict(found.labels).get(Label.DEPLOYMENT) == id:
            return found
    return None


def _why_not_deployed(given: StatusInput[DeploymentConfig, DeploymentInfo], name: str, view: HostView) -> str:
    if view.named(name) is not None:
        return _foreign(given)
    if given.info.container and given.info.server not in ("", given.config.server):
        return "it was deployed on another server before; the container there is left as it is"
    return ""


def _foreign(given: StatusInput[DeploymentConfig, DeploymentInfo]) -> str:
    return f"another container on the server is called {container_name(given.config, given.name)}"


def _bindings(ports: tuple[PublishedPort, ...]) -> dict[str, list[dict[str, str]]]:
    bindings: dict[str, list[dict[str, str]]] = {}
    for port in ports:
        host = {"HostIp": port.address, "HostPort": str(port.host) if port.host else ""}
        bindings.setdefault(f"{port.container}/{port.protocol}", []).append(host)
    return bindings


def _restart(policy: RestartPolicy) -> dict[str, Any]:
    return {"Name": policy.value, "MaximumRetryCount": 0}


def _bind(volume: Volume) -> str:
    return f"{volume.source}:{volume.target}" + (":ro" if volume.read_only else "")


def _check_volume(volume: Volume, path: str) -> None:
    if not volume.source.startswith("/") and ("/" in volume.source or len(volume.source) < 2):
        raise Invalid.field(f"{path}.source", "must be a volume's name (2 or more characters) or an absolute path")
    if ":" in volume.source or ":" in volume.target:
        raise Invalid.field(path, "Docker allows no ':' in a volume's source or target")


def _unique(field: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise Invalid.field(field, f"{value} is given twice")
