"""Security: what the container may do to the host, or no longer to itself."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import host_power, shown, text_form
from monitor.kernel.permission import HostPower
from monitor.resources.deployment import text
from monitor.resources.deployment.fields.links import DOCS, NAMESPACES, RUN, SECURITY
from monitor.resources.deployment.fields.texts import Mode
from monitor.resources.deployment.values import Value

_GROUP = "Security"
_Capability = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z_]+$")]


class Device(Struct, frozen=True, kw_only=True):
    """A device of the host inside the container."""

    path_on_host: Annotated[
        str, Meta(max_length=4096, pattern=r"^/[^\x00]*$"), shown("Path on host", "`/dev/ttyUSB0`.")
    ]
    path_in_container: Annotated[
        str, Meta(max_length=4096, pattern=r"^(/[^\x00]*)?$"), shown("Path in container", "Empty: the same.")
    ] = ""
    permissions: Annotated[
        str, Meta(pattern=r"^[rwm]{1,3}$"), shown("Permissions", "Read, write, make nodes: `rwm`.")
    ] = "rwm"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"{self.path_on_host}:{self.path_in_container or self.path_on_host}:{self.permissions}"


class Sysctl(Struct, frozen=True, kw_only=True):
    """A kernel parameter of the container's own namespaces."""

    name: Annotated[
        str, Meta(max_length=256, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_./-]*$"), shown("Name", "`net.core.somaxconn`.")
    ]
    value: Annotated[Value, shown("Value", "`1024`.")] = ""


CapAdd = Annotated[
    tuple[_Capability, ...],
    Meta(max_length=64),
    host_power(HostPower.CAPABILITIES),
    shown("Capabilities", "Added to Docker's own: `NET_ADMIN`, …; a host power.", group=_GROUP, docs=SECURITY),
]
CapDrop = Annotated[
    tuple[_Capability, ...],
    Meta(max_length=64),
    shown("Dropped capabilities", "`ALL`, or by name: what it does not need.", group=_GROUP, docs=SECURITY),
]
SecurityOpt = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=131_072, pattern=r"^[^\x00]+$")], ...],
    Meta(max_length=20),
    host_power(HostPower.SECURITY),
    shown(
        "Security options",
        "`no-new-privileges` is for everybody; all others are a host power.",
        group=_GROUP,
        docs=f"{RUN}#security-opt",
    ),
]
Privileged = Annotated[
    bool,
    host_power(HostPower.PRIVILEGED),
    shown("Privileged", "All devices and capabilities: root on the host.", group=_GROUP, docs=f"{RUN}#privileged"),
]
Devices = Annotated[
    tuple[Device, ...],
    Meta(max_length=100),
    host_power(HostPower.DEVICES),
    text_form(text.device, "/dev/ttyUSB0:/dev/ttyUSB0:rwm"),
    shown("Devices", "Devices of the host; a host power.", group=_GROUP, docs=f"{RUN}#device"),
]
Gpus = Annotated[
    str,
    Meta(max_length=1024, pattern=r"^(all|[1-9][0-9]{0,3}|device=[a-zA-Z0-9_.:-]+(,[a-zA-Z0-9_.:-]+)*)?$"),
    host_power(HostPower.DEVICES),
    shown("GPUs", "`all`, a number, or `device=0,2`; a host power.", group=_GROUP, docs=f"{RUN}#gpus"),
]
GroupAdd = Annotated[
    tuple[Annotated[str, Meta(max_length=256, pattern=r"^[a-zA-Z0-9_][a-zA-Z0-9_.-]*$")], ...],
    Meta(max_length=100),
    shown("Groups", "Groups its user is in beside its own, names or numbers.", group=_GROUP, docs=RUN),
]
Sysctls = Annotated[
    tuple[Sysctl, ...],
    Meta(max_length=100),
    host_power(HostPower.SYSCTLS),
    text_form(text.variable, "net.core.somaxconn=1024"),
    shown("Sysctls", "Kernel parameters; a host power.", group=_GROUP, docs=f"{RUN}#sysctl"),
]
IpcMode = Annotated[
    Mode,
    host_power(HostPower.NAMESPACES),
    shown(
        "IPC mode",
        "`private` or `none`; `host`, `shareable` and `container:NAME` are host powers.",
        group=_GROUP,
        docs=f"{NAMESPACES}#ipc-settings---ipc",
    ),
]
PidMode = Annotated[
    Mode,
    host_power(HostPower.NAMESPACES),
    shown(
        "PID mode",
        "`host` and `container:NAME` are host powers.",
        group=_GROUP,
        docs=f"{NAMESPACES}#pid-settings---pid",
    ),
]
UtsMode = Annotated[
    Mode,
    host_power(HostPower.NAMESPACES),
    shown("UTS mode", "`host` (its host name) is a host power.", group=_GROUP, docs=f"{NAMESPACES}#uts-settings---uts"),
]
UsernsMode = Annotated[
    Mode,
    host_power(HostPower.NAMESPACES),
    shown(
        "User namespace",
        "`host` (where Docker remaps users) is a host power.",
        group=_GROUP,
        docs=f"{DOCS}/engine/security/userns-remap/",
    ),
]
