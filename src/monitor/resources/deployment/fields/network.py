"""Network: which networks the container joins, what it is called there, and what it publishes."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import host_power, shown, text_form
from monitor.kernel.permission import HostPower
from monitor.resources.deployment import text
from monitor.resources.deployment.fields.links import NETWORK, RUN
from monitor.resources.deployment.fields.texts import HostName
from monitor.resources.deployment.values import PublishedPort

_GROUP = "Network"
_Address = Annotated[str, Meta(max_length=45, pattern=r"^[0-9A-Fa-f.:]*$")]


class Attachment(Struct, frozen=True, kw_only=True):
    """A network the container joins."""

    name: Annotated[
        str,
        Meta(max_length=128, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.-]*$"),
        shown("Network", "One that is there already, by its name."),
    ]
    aliases: Annotated[
        tuple[HostName, ...],
        Meta(max_length=100),
        shown("Aliases", "More names by which the others on this network find it."),
    ] = ()
    ipv4_address: Annotated[_Address, shown("IPv4 address", "A fixed one of its subnet; empty: Docker chooses.")] = ""
    ipv6_address: Annotated[_Address, shown("IPv6 address", "A fixed one of its subnet; empty: Docker chooses.")] = ""

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        given = [*(("alias", alias) for alias in self.aliases), ("ip", self.ipv4_address), ("ip6", self.ipv6_address)]
        more = [f"{key}={value}" for key, value in given if value]
        return ",".join([f"name={self.name}", *more]) if more else self.name


class ExtraHost(Struct, frozen=True, kw_only=True):
    """A line of the container's /etc/hosts."""

    name: Annotated[HostName, shown("Name", "What the program looks up.")]
    address: Annotated[
        str,
        Meta(max_length=45, pattern=r"^(host-gateway|[0-9A-Fa-f.:]+)$"),
        shown("Address", "An IP address, or `host-gateway` for the host's."),
    ]

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"{self.name}:{self.address}"


Ports = Annotated[
    tuple[PublishedPort, ...],
    Meta(max_length=500),
    text_form(text.port, "8080:80/tcp"),
    shown("Ports", "Ports of the container published on the host.", group=_GROUP, docs=f"{RUN}#publish"),
]
NetworkMode = Annotated[
    str,
    Meta(max_length=128, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:-]*$"),
    host_power(HostPower.NAMESPACES),
    shown(
        "Network",
        "One network, `bridge` or `none`; `host` and `container:NAME` are host powers.",
        group=_GROUP,
        docs=NETWORK,
    ),
]
Networks = Annotated[
    tuple[Attachment, ...],
    Meta(max_length=50),
    text_form(text.attachment, "NETWORK or name=NETWORK,alias=NAME,ip=ADDRESS"),
    shown(
        "Networks",
        "Several, or with aliases or fixed addresses; then Network stays `bridge`.",
        group=_GROUP,
        docs=f"{RUN}#network",
    ),
]
Hostname = Annotated[
    str,
    Meta(max_length=63, pattern=r"^([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?)?$"),
    shown("Host name", "What the container calls itself; empty: its id.", group=_GROUP, docs=RUN),
]
ExtraHosts = Annotated[
    tuple[ExtraHost, ...],
    Meta(max_length=500),
    text_form(text.extra_host, "db:10.0.0.5"),
    shown("Extra hosts", "Names added to its /etc/hosts.", group=_GROUP, docs=f"{RUN}#add-host"),
]
Dns = Annotated[
    tuple[Annotated[str, Meta(max_length=45, pattern=r"^[0-9A-Fa-f.:]+$")], ...],
    Meta(max_length=20),
    shown("DNS servers", "Asked instead of the host's, by address.", group=_GROUP, docs=f"{NETWORK}#dns-services"),
]
