"""Body: from a deployment's config to what the Engine is asked to create. Pure; what is not set is left out."""

from typing import Any

from monitor.abilities.container.calls import HostedFile
from monitor.resources.deployment import raw
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.envfile import variables
from monitor.resources.deployment.fields.health import CommandHealth, HealthTest, NoHealth, ShellHealth
from monitor.resources.deployment.fields.network import Attachment
from monitor.resources.deployment.fields.security import Device
from monitor.resources.deployment.fields.storage import Tmpfs
from monitor.resources.deployment.values import PublishedPort, Volume

_NANO = 1_000_000_000


def engine_body(config: DeploymentConfig, image: str, labels: dict[str, str]) -> dict[str, Any]:
    """Body of `POST /containers/create` (Engine API 1.41) for a config with its secrets revealed.

    `labels` are Monitor's own and win. It may join more networks than an Engine before API 1.44 takes at once.
    """
    body: dict[str, Any] = {
        "Image": image,
        "Env": [f"{name}={value}" for name, value in environment(config).items()],
        "Labels": {label.name: label.value for label in config.labels} | labels,
        "ExposedPorts": {f"{p.container}/{p.protocol}": {} for p in config.ports},
        "StopTimeout": config.stop_timeout,
        "HostConfig": raw.merged(_host_config(config), raw.patch_of(config.host_config)),
        **_set(_command(config)),
    }
    if config.networks:
        endpoints = {network.name: _endpoint(network) for network in config.networks}
        body["NetworkingConfig"] = {"EndpointsConfig": endpoints}
    return body


def environment(config: DeploymentConfig) -> dict[str, str]:
    """What the program finds: files in order, secret ones after the others, then single variables; later ones win."""
    found: dict[str, str] = {}
    for file in (*config.env_files, *config.secret_env_files):
        found |= variables(file.content or "")
    return found | {v.name: v.value or "" for v in (*config.environment, *config.secret_environment)}


def files(config: DeploymentConfig) -> tuple[HostedFile, ...]:
    """What is put into the container before it starts."""
    return tuple(
        HostedFile(path=file.path, content=file.content or "", mode=int(file.mode, 8), uid=file.uid, gid=file.gid)
        for file in (*config.files, *config.secret_files)
    )


def _command(config: DeploymentConfig) -> dict[str, Any]:
    return {
        "Cmd": list(config.command),
        "Entrypoint": list(config.entrypoint),
        "WorkingDir": config.working_dir,
        "User": config.user,
        "Hostname": config.hostname,
        "Tty": config.tty,
        "OpenStdin": config.open_stdin,
        "StopSignal": config.stop_signal,
        "Healthcheck": _health(config),
    }


def _host_config(config: DeploymentConfig) -> dict[str, Any]:
    return {
        "NetworkMode": config.networks[0].name if config.networks else config.network,
        "PortBindings": _bindings(config.ports),
        "RestartPolicy": {"Name": config.restart.value, "MaximumRetryCount": config.restart_max_retries},
        "Binds": [_bind(v) for v in config.volumes],
        **_set(_more(config)),
    }


def _more(config: DeploymentConfig) -> dict[str, Any]:
    return {
        **_limits(config),
        **_security(config),
        "ExtraHosts": [f"{host.name}:{host.address}" for host in config.extra_hosts],
        "Dns": list(config.dns),
        "Tmpfs": {mount.path: _tmpfs(mount) for mount in config.tmpfs},
        "ReadonlyRootfs": config.read_only,
        "Init": config.init,
        "LogConfig": _log(config),
    }


def _limits(config: DeploymentConfig) -> dict[str, Any]:
    return {
        "Memory": config.memory,
        "MemorySwap": config.memory_swap,
        "MemoryReservation": config.memory_reservation,
        "NanoCpus": round(config.cpus * _NANO),
        "CpuShares": config.cpu_shares,
        "CpusetCpus": config.cpuset_cpus,
        "PidsLimit": config.pids_limit,
        "ShmSize": config.shm_size,
        "Ulimits": [
            {"Name": u.name, "Soft": u.soft, "Hard": u.soft if u.hard is None else u.hard} for u in config.ulimits
        ],
    }


def _security(config: DeploymentConfig) -> dict[str, Any]:
    return {
        "CapAdd": list(config.cap_add),
        "CapDrop": list(config.cap_drop),
        "GroupAdd": list(config.group_add),
        "SecurityOpt": list(config.security_opt),
        "Devices": [_device(device) for device in config.devices],
        "DeviceRequests": _gpus(config.gpus),
        "Sysctls": {sysctl.name: sysctl.value for sysctl in config.sysctls},
        "IpcMode": config.ipc_mode,
        "PidMode": config.pid_mode,
        "UTSMode": config.uts_mode,
        "UsernsMode": config.userns_mode,
        "Privileged": config.privileged,
    }


def _set(given: dict[str, Any]) -> dict[str, Any]:
    """What says something: nothing is said by `false`, 0 and what is empty, which all leave it to Docker."""
    return {key: value for key, value in given.items() if value}


def _bindings(ports: tuple[PublishedPort, ...]) -> dict[str, list[dict[str, str]]]:
    bindings: dict[str, list[dict[str, str]]] = {}
    for port in ports:
        host = {"HostIp": port.address, "HostPort": str(port.host) if port.host else ""}
        bindings.setdefault(f"{port.container}/{port.protocol}", []).append(host)
    return bindings


def _bind(volume: Volume) -> str:
    return f"{volume.source}:{volume.target}" + (":ro" if volume.read_only else "")


def _endpoint(network: Attachment) -> dict[str, Any]:
    addresses = _set({"IPv4Address": network.ipv4_address, "IPv6Address": network.ipv6_address})
    return _set({"Aliases": list(network.aliases), "IPAMConfig": addresses})


def _tmpfs(mount: Tmpfs) -> str:
    return (f"size={mount.size}," if mount.size else "") + f"mode={mount.mode}"


def _device(device: Device) -> dict[str, str]:
    return {
        "PathOnHost": device.path_on_host,
        "PathInContainer": device.path_in_container or device.path_on_host,
        "CgroupPermissions": device.permissions,
    }


def _gpus(gpus: str) -> list[dict[str, Any]]:
    """What `docker run --gpus` asks for; a count and ids exclude each other."""
    if not gpus:
        return []
    request: dict[str, Any] = {"Capabilities": [["gpu"]]}
    if gpus.startswith("device="):
        return [{**request, "DeviceIDs": gpus.removeprefix("device=").split(",")}]
    return [{**request, "Count": -1 if gpus == "all" else int(gpus)}]


def _log(config: DeploymentConfig) -> dict[str, Any]:
    options = {option.name: option.value for option in config.log_options}
    return {"Type": config.log_driver, "Config": options} if config.log_driver or options else {}


def _health(config: DeploymentConfig) -> dict[str, Any]:
    """Times in nanoseconds; without a test they change those of the image's own."""
    return _set(
        {
            "Test": _test(config.health_check),
            "Interval": round(config.health_interval * _NANO),
            "Timeout": round(config.health_timeout * _NANO),
            "StartPeriod": round(config.health_start_period * _NANO),
            "Retries": config.health_retries,
        }
    )


def _test(check: HealthTest) -> list[str]:
    match check:
        case NoHealth():
            return ["NONE"]
        case CommandHealth(command=command):
            return ["CMD", *command]
        case ShellHealth(command=line):
            return ["CMD-SHELL", line]
        case _:
            return []
