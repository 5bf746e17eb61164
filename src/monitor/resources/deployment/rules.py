"""Rules: what a deployment's config may not say, because Docker would refuse it or it cannot be meant."""

import posixpath
from ipaddress import ip_address

from monitor.abilities.container.exclusive import lasting_mounts
from monitor.abilities.container.names import job_of
from monitor.abilities.container.probes import HttpProbe, NoProbe
from monitor.kernel.errors import Invalid
from monitor.kernel.windows import zone
from monitor.resources.deployment import raw
from monitor.resources.deployment.body import engine_body
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.envfile import variables
from monitor.resources.deployment.fields.files import ConfigFile, EnvFile, SecretEnvFile, SecretFile
from monitor.resources.deployment.fields.updates import NoAutoUpdate
from monitor.resources.deployment.values import BuiltImage, LiteralImage, RestartPolicy, Volume

_MOST_LINES = 500
_LEAST_MEMORY = 6 * 1024 * 1024
_WRITTEN_BY_DOCKER = ("/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/.dockerenv")
_KERNEL = ("/proc/", "/sys/", "/dev/")
_BUILT_IN = ("bridge", "default", "host", "none")
_LEAST = 0.001


def check(config: DeploymentConfig) -> None:
    """Raise Invalid, naming the field and the way out."""
    if job_of(config.container_name)[1]:
        raise Invalid.field("config.container_name", "a name of this form is one Monitor gives to what stands aside")
    _image(config)
    _environment(config)
    _network(config)
    _storage(config)
    _files(config)
    _limits(config)
    _behaviour(config)
    _probe(config)
    raw.check(config.host_config, networks=bool(config.networks))
    _updates(config)


def _image(config: DeploymentConfig) -> None:
    """Its name in lower case; before the first slash may stand a host, of which that is not asked."""
    if isinstance(config.image, LiteralImage):
        name = config.image.image.partition("@")[0]
        path = name.partition("/")[2] or name
        folders, slash, last = path.rpartition("/")
        path = f"{folders}{slash}{last.partition(':')[0]}"
        if path != path.lower():
            raise Invalid.field("config.image.image", f"Docker takes a name in lower case only: write {path.lower()}")


def _environment(config: DeploymentConfig) -> None:
    _unique("config.environment", [v.name for v in (*config.environment, *config.secret_environment)])
    for secret in config.secret_environment:
        _lines(f"config.secret_environment[{secret.name}].value", secret.value)
    for kind in ("env_files", "secret_env_files"):
        given: tuple[EnvFile | SecretEnvFile, ...] = getattr(config, kind)
        _unique(f"config.{kind}", [file.name for file in given])
        for file in given:
            field = f"config.{kind}[{file.name}].content"
            _lines(field, file.content if kind == "secret_env_files" else None)
            try:
                variables(file.content or "")
            except ValueError as wrong:
                raise Invalid.field(field, str(wrong)) from None


def _lines(field: str, secret: str | None) -> None:
    if secret is not None and secret.count("\n") >= _MOST_LINES:
        raise Invalid.field(field, f"no more than {_MOST_LINES} lines: each is looked for in every byte of output")


def _files(config: DeploymentConfig) -> None:
    """Where they would be hidden, or written where they outlive the container, they are refused."""
    mounted = {_place(v.target): "volume" for v in config.volumes} | {_place(t.path): "tmpfs" for t in config.tmpfs}
    _unique("config.files", [file.path for file in (*config.files, *config.secret_files)])
    for kind in ("files", "secret_files"):
        given: tuple[ConfigFile | SecretFile, ...] = getattr(config, kind)
        for file in given:
            field = f"config.{kind}[{file.path}]"
            _lines(f"{field}.content", file.content if kind == "secret_files" else None)
            if posixpath.normpath(file.path) != file.path or file.path.startswith("//"):
                raise Invalid.field(f"{field}.path", "write it without dots and double slashes")
            if file.path in _WRITTEN_BY_DOCKER or file.path.startswith(_KERNEL):
                raise Invalid.field(f"{field}.path", "Docker mounts something of its own there")
            for place, what in mounted.items():
                if file.path == place or file.path.startswith(f"{place}/".replace("//", "/")):
                    raise Invalid.field(f"{field}.path", f"there is a {what} at {place}: choose a path outside it")
        if given and config.read_only:
            raise Invalid.field(f"config.{kind}", "nothing can be put into a read-only container: turn that off")


def _network(config: DeploymentConfig) -> None:
    _unique("config.ports", [f"{p.address}:{p.host}/{p.protocol}" for p in config.ports if p.host])
    _unique("config.networks", [n.name for n in config.networks])
    if config.networks and config.network != "bridge":
        raise Invalid.field("config.network", "leave it at bridge and name all of them under networks, or empty those")
    for index, network in enumerate(config.networks):
        path = f"config.networks[{index}]"
        if network.name.casefold() in _BUILT_IN[2:]:
            raise Invalid.field(f"{path}.name", "is no network others can join: set it as the one network instead")
        if network.name in _BUILT_IN and (network.aliases or network.ipv4_address or network.ipv6_address):
            raise Invalid.field(path, "Docker gives no aliases or addresses on it: make a network of your own")
        _address(f"{path}.ipv4_address", network.ipv4_address, 4)
        _address(f"{path}.ipv6_address", network.ipv6_address, 6)
    for index, host in enumerate(config.extra_hosts):
        if host.address != "host-gateway":
            _address(f"config.extra_hosts[{index}].address", host.address)
    for index, server in enumerate(config.dns):
        _address(f"config.dns[{index}]", server)
    _other_namespaces(config)


def _other_namespaces(config: DeploymentConfig) -> None:
    """What belongs to a namespace cannot be set where that is somebody else's."""
    if config.hostname and config.uts_mode:
        raise Invalid.field("config.hostname", "leave it empty: with this UTS mode the host's own name counts")
    if not config.network.startswith("container:"):
        return
    for name in ("hostname", "ports", "extra_hosts", "dns"):
        if getattr(config, name):
            raise Invalid.field(f"config.{name}", "set it on the container whose network this one shares")


def _storage(config: DeploymentConfig) -> None:
    _unique("config.volumes", [v.target for v in config.volumes])
    for index, volume in enumerate(config.volumes):
        _volume(volume, f"config.volumes[{index}]")
    targets = [_place(v.target) for v in config.volumes]
    _unique("config.tmpfs", [_place(t.path) for t in config.tmpfs])
    for index, mount in enumerate(config.tmpfs):
        if _place(mount.path) in targets:
            raise Invalid.field(f"config.tmpfs[{index}].path", "a volume is mounted there; choose one of the two")
        if _place(mount.path) == "/":
            raise Invalid.field(f"config.tmpfs[{index}].path", "is the whole container; name a folder in it")


def _volume(volume: Volume, path: str) -> None:
    if not volume.source.startswith("/") and ("/" in volume.source or len(volume.source) < 2):
        raise Invalid.field(f"{path}.source", "must be a volume's name (2 or more characters) or an absolute path")
    if ":" in volume.source or ":" in volume.target:
        raise Invalid.field(path, "Docker allows no ':' in a volume's source or target")


def _limits(config: DeploymentConfig) -> None:
    if 0 < config.memory < _LEAST_MEMORY:
        raise Invalid.field("config.memory", "Docker takes no less than 6 MiB (6291456 bytes); 0 is no limit")
    if config.memory_swap and not config.memory:
        raise Invalid.field("config.memory_swap", "needs a memory limit beside it: set memory too, or 0 here")
    if 0 < config.memory_swap < config.memory:
        raise Invalid.field("config.memory_swap", "is memory and swap together: no less than the memory limit")
    if 0 < config.memory_reservation < _LEAST_MEMORY:
        raise Invalid.field("config.memory_reservation", "Docker takes no less than 6 MiB (6291456 bytes); 0 is none")
    if config.memory and config.memory_reservation > config.memory:
        raise Invalid.field("config.memory_reservation", "is more than the memory limit; lower it")
    if config.cpu_shares == 1:
        raise Invalid.field("config.cpu_shares", "the kernel takes no less than 2; 0 leaves it to Docker")
    if 0 < config.cpus < _LEAST:
        raise Invalid.field("config.cpus", "is too little to run at all: 0.001 or more; 0 is no limit")
    _unique("config.ulimits", [u.name for u in config.ulimits])
    for index, limit in enumerate(config.ulimits):
        hard = limit.soft if limit.hard is None else limit.hard
        if hard != -1 and (limit.soft == -1 or limit.soft > hard):
            raise Invalid.field(f"config.ulimits[{index}].hard", "must be no less than the soft limit")


def _behaviour(config: DeploymentConfig) -> None:
    for name in ("interval", "timeout", "start_period"):
        if 0 < getattr(config, f"health_{name}") < _LEAST:
            raise Invalid.field(f"config.health_{name}", "Docker takes no less than a millisecond; 0 is its default")
    if config.restart_max_retries and config.restart is not RestartPolicy.ON_FAILURE:
        raise Invalid.field("config.restart_max_retries", "counts only with the restart policy on-failure; set 0")
    for field, named in (("labels", config.labels), ("sysctls", config.sysctls), ("log_options", config.log_options)):
        _unique(f"config.{field}", [item.name for item in named])
    for label in config.labels:
        if label.name.casefold().startswith("monitor."):
            field = f"config.labels[{label.name}].name"
            raise Invalid.field(field, "labels that begin with monitor. are Monitor's own; choose another name")


def _probe(config: DeploymentConfig) -> None:
    if isinstance(config.probe, NoProbe):
        return
    if config.network in ("host", "none") or config.network.startswith("container:"):
        raise Invalid.field("config.probe", f"on the network {config.network} it has no address of its own to ask")
    if isinstance(config.probe, HttpProbe) and config.probe.status_from > config.probe.status_to:
        raise Invalid.field("config.probe.status_from", "is higher than the highest status that counts as up")


def _updates(config: DeploymentConfig) -> None:
    """What keeps data is followed by itself only where somebody said twice that it may be."""
    if config.redeploy_on_build and not isinstance(config.image, BuiltImage):
        raise Invalid.field("config.redeploy_on_build", "counts only with a build's image; turn it off")
    rule = config.auto_update
    if isinstance(rule, NoAutoUpdate):
        if config.auto_update_with_volumes:
            raise Invalid.field("config.auto_update_with_volumes", "counts only with auto_update; turn it off")
        return
    try:
        zone(rule.zone)
    except ValueError as wrong:
        raise Invalid.field("config.auto_update.zone", str(wrong)) from None
    kept = lasting_mounts(engine_body(config, "image", {}))
    if kept and not config.auto_update_with_volumes:
        raise Invalid.field(
            "config.auto_update_with_volumes",
            f"it can write to {', '.join(kept[:3])}, and a newer version may change what is in there for good: "
            "turn this on too if that is meant, or auto_update off",
        )


def _address(field: str, text: str, version: int = 0) -> None:
    try:
        if text and version and ip_address(text).version != version:
            raise ValueError
        if text:
            ip_address(text)
    except ValueError:
        raise Invalid.field(field, f"is no IP{f'v{version}' if version else ''} address") from None


def _place(path: str) -> str:
    return path.rstrip("/") or "/"


def _unique(field: str, values: list[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise Invalid.field(field, f"{value} is given twice")
        seen.add(value)
