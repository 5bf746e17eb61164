"""Config: what people set on a deployment."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.abilities.container.probes import NoProbe
from monitor.kernel.marks import refers_to, shown, text_form
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment import text
from monitor.resources.deployment.fields import behaviour as of_behaviour
from monitor.resources.deployment.fields import command as of_command
from monitor.resources.deployment.fields import files as of_files
from monitor.resources.deployment.fields import health as of_health
from monitor.resources.deployment.fields import limits as of_limits
from monitor.resources.deployment.fields import network as of_network
from monitor.resources.deployment.fields import security as of_security
from monitor.resources.deployment.fields import storage as of_storage
from monitor.resources.deployment.fields import updates as of_updates
from monitor.resources.deployment.fields.links import DOCS, RUN
from monitor.resources.deployment.values import (
    BuiltImage,
    LiteralImage,
    RestartPolicy,
    SecretVariable,
    UpdateOrder,
    Variable,
)


class DeploymentConfig(Struct, frozen=True, kw_only=True):
    """What people set on a deployment, in the order and the groups of its form."""

    server: Annotated[
        str,
        refers_to("server", Level.EXECUTE),
        shown(
            "Server",
            "Where the container runs.",
            group="Image",
            docs=f"{DOCS}/get-started/docker-overview/#docker-architecture",
        ),
    ]
    image: Annotated[
        LiteralImage | BuiltImage,
        text_form(text.image, "nginx:1.27 or build:NAME[:VERSION]"),
        shown(
            "Image",
            "What runs: an image by its reference, or a build's.",
            group="Image",
            docs=f"{DOCS}/reference/cli/docker/image/pull/",
        ),
    ]
    account: Annotated[
        str | None,
        refers_to("registry_account", Right.USE),
        shown(
            "Registry account",
            "Who asks the image's registry; none: Docker asks without a name.",
            group="Image",
            docs=f"{DOCS}/reference/cli/docker/login/",
        ),
    ] = None
    pull: Annotated[
        bool, shown("Pull", "Ask the registry for the image at each deploy.", group="Image", docs=f"{RUN}#pull")
    ] = False
    container_name: Annotated[
        str,
        Meta(pattern=r"^([a-zA-Z0-9][a-zA-Z0-9_.-]{1,62})?$"),
        shown(
            "Container name",
            "2 to 63 letters, digits, `_`, `.` and `-`; empty: the deployment's name.",
            group="Image",
            docs=f"{RUN}#name",
        ),
    ] = ""
    entrypoint: of_command.Entrypoint = ()
    command: of_command.Command = ()
    working_dir: of_command.WorkingDir = ""
    user: of_command.User = ""
    init: of_command.Init = False
    tty: of_command.Tty = False
    open_stdin: of_command.OpenStdin = False
    stop_signal: of_command.StopSignal = ""
    stop_timeout: of_command.StopTimeout = 10
    environment: Annotated[
        tuple[Variable, ...],
        Meta(max_length=1000),
        text_form(text.variable, "NAME=value"),
        shown("Environment", "Variables the program finds.", group="Environment", docs=f"{RUN}#env"),
    ] = ()
    secret_environment: Annotated[
        tuple[SecretVariable, ...],
        Meta(max_length=1000),
        text_form(text.secret_variable, "NAME=value"),
        shown(
            "Secret environment",
            "Stored encrypted, never shown again; leave a value out to keep it.",
            group="Environment",
            docs=f"{RUN}#env",
        ),
    ] = ()
    env_files: of_files.EnvFiles = ()
    secret_env_files: of_files.SecretEnvFiles = ()
    ports: of_network.Ports = ()
    network: of_network.NetworkMode = "bridge"
    networks: of_network.Networks = ()
    hostname: of_network.Hostname = ""
    extra_hosts: of_network.ExtraHosts = ()
    dns: of_network.Dns = ()
    volumes: of_storage.Volumes = ()
    tmpfs: of_storage.TmpfsMounts = ()
    read_only: of_storage.ReadOnly = False
    files: of_files.ConfigFiles = ()
    secret_files: of_files.SecretFiles = ()
    memory: of_limits.Memory = 0
    memory_swap: of_limits.MemorySwap = 0
    memory_reservation: of_limits.MemoryReservation = 0
    cpus: of_limits.Cpus = 0.0
    cpu_shares: of_limits.CpuShares = 0
    cpuset_cpus: of_limits.CpusetCpus = ""
    pids_limit: of_limits.PidsLimit = 0
    shm_size: of_limits.ShmSize = 0
    ulimits: of_limits.Ulimits = ()
    health_check: of_health.HealthCheck = of_health.ImageHealth()
    health_interval: of_health.HealthInterval = 0.0
    health_timeout: of_health.HealthTimeout = 0.0
    health_start_period: of_health.HealthStartPeriod = 0.0
    health_retries: of_health.HealthRetries = 0
    probe: of_health.Probe = NoProbe()
    healthy_within: of_health.HealthyWithin = 120.0
    cap_add: of_security.CapAdd = ()
    cap_drop: of_security.CapDrop = ()
    group_add: of_security.GroupAdd = ()
    security_opt: of_security.SecurityOpt = ()
    devices: of_security.Devices = ()
    gpus: of_security.Gpus = ""
    sysctls: of_security.Sysctls = ()
    ipc_mode: of_security.IpcMode = ""
    pid_mode: of_security.PidMode = ""
    uts_mode: of_security.UtsMode = ""
    userns_mode: of_security.UsernsMode = ""
    privileged: of_security.Privileged = False
    log_driver: of_behaviour.LogDriver = ""
    log_options: of_behaviour.LogOptions = ()
    restart: of_behaviour.Restart = RestartPolicy.UNLESS_STOPPED
    restart_max_retries: of_behaviour.RestartMaxRetries = 0
    stable_for: of_behaviour.StableFor = 2.0
    update_order: of_behaviour.UpdateOrder = UpdateOrder.START_FIRST
    auto_update: of_updates.AutoUpdate = of_updates.NoAutoUpdate()
    auto_update_with_volumes: of_updates.AutoUpdateWithVolumes = False
    redeploy_on_build: of_updates.RedeployOnBuild = False
    labels: of_behaviour.Labels = ()
    host_config: of_behaviour.HostConfig = ""
