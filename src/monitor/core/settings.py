"""Core's settings: see `monitor core config` for the same as a commented file."""

import ipaddress
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from monitor.kernel.errors import Invalid
from monitor.kernel.logs import LogFormat
from monitor.notifier.services import check_webhook

_Days = Meta(gt=0, le=3650)


class HistorySettings(Struct, frozen=True, kw_only=True):
    """How long what servers and containers use is kept, in days, by how finely."""

    seconds: Annotated[float, _Days, Meta(description="Samples of 10 seconds.")] = 1.0
    minutes: Annotated[float, _Days, Meta(description="Least, mean and greatest of each minute.")] = 7.0
    ten_minutes: Annotated[float, _Days, Meta(description="The same of ten minutes.")] = 90.0
    hours: Annotated[float, _Days, Meta(description="The same of each hour.")] = 730.0
    unmanaged: Annotated[float, _Days, Meta(description="Of containers without a deployment at most.")] = 7.0


class CoreSettings(Struct, frozen=True, kw_only=True):
    """What an operator sets on core."""

    address: Annotated[str, Meta(description="Address to listen on. Beyond loopback it needs TLS or a proxy.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Meta(ge=1, le=65535, description="Port to listen on.")] = 9120
    data: Annotated[Path, Meta(description="Folder of the database and core's keys.")] = Path("/var/lib/monitor-core")
    public_url: Annotated[
        str, Meta(description="URL people reach core at; Origin and Host are checked against it. Empty: by address.")
    ] = ""
    tls_certificate: Annotated[str, Meta(description="Certificate file (PEM) to serve https with.")] = ""
    tls_key: Annotated[str, Meta(description="Its key file (PEM).")] = ""
    tls_generate: Annotated[
        bool,
        Meta(description="Serve https with a certificate core makes itself; browsers ask once whether to trust it."),
    ] = False
    trusted_proxies: Annotated[
        tuple[str, ...], Meta(description="Addresses or networks whose X-Forwarded-For and -Proto are believed.")
    ] = ()
    insecure_http: Annotated[
        bool, Meta(description="Serve plain http beyond loopback; passwords cross the network in clear.")
    ] = False
    keep_releases: Annotated[
        int, Meta(ge=1, le=100, description="How many releases of each deployment one can roll back to.")
    ] = 10
    keep_alerts: Annotated[float, _Days, Meta(description="Days an alert is kept after it ended.")] = 90.0
    metrics_open: Annotated[
        bool, Meta(description="Serve what /metrics tells of core itself without a session or key.")
    ] = False
    heartbeat_url: Annotated[
        str,
        Meta(
            description="URL core asks for each minute while it is well, as healthchecks.io gives out. Empty: none.",
            extra={"secret": True},
        ),
    ] = ""
    history: HistorySettings = HistorySettings()
    log_level: Annotated[str, Meta(description="debug, info, warning or error.")] = "info"
    log_format: Annotated[LogFormat, Meta(description="console, or json: one object a line.")] = LogFormat.CONSOLE
    check_updates_every: Annotated[
        float, Meta(ge=0, le=720, description="Hours between two looks for a newer image of a deployment; 0: never.")
    ] = 8.0
    terminal_idle: Annotated[
        float, Meta(ge=10, le=82_800, description="Seconds a terminal may be without input or output.")
    ] = 1800.0
    terminal_total: Annotated[float, Meta(ge=10, le=82_800, description="Seconds a terminal may be open.")] = 43_200.0
    terminals_per_user: Annotated[int, Meta(ge=0, le=1000, description="Terminals one user may have open.")] = 10
    terminals_per_server: Annotated[int, Meta(ge=0, le=200, description="Terminals open on one server.")] = 50
    stop_within: Annotated[float, Meta(ge=0, le=300, description="Seconds open requests get to end at a stop.")] = 5.0


def check(settings: CoreSettings) -> None:
    """Refuse what would be unsafe or cannot work; names the setting and the way out."""
    if bool(settings.tls_certificate) != bool(settings.tls_key):
        raise Invalid.field("tls_key", "tls_certificate and tls_key are set together")
    if settings.tls_certificate and settings.tls_generate:
        raise Invalid.field("tls_generate", "there is a tls_certificate already: set one of the two")
    for network in settings.trusted_proxies:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise Invalid.field("trusted_proxies", f"{network!r} is no address or network") from None
    if settings.public_url and urlsplit(settings.public_url).scheme not in ("http", "https"):
        raise Invalid.field("public_url", "must begin with http:// or https://")
    _check_heartbeat(settings.heartbeat_url)
    if is_loopback(settings.address) or has_tls(settings) or settings.trusted_proxies or settings.insecure_http:
        return
    raise Invalid.field(
        "address",
        f"{settings.address} can be reached from other machines: set tls_certificate and tls_key, or "
        "tls_generate = true, or trusted_proxies for a proxy that ends TLS, or insecure_http = true",
    )


def _check_heartbeat(url: str) -> None:
    try:
        if url:
            check_webhook(url)
    except ValueError as wrong:
        raise Invalid.field("heartbeat_url", str(wrong)) from None


def has_tls(settings: CoreSettings) -> bool:
    """Whether core itself serves https."""
    return bool(settings.tls_certificate) or settings.tls_generate


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def is_insecure(settings: CoreSettings) -> bool:
    """Whether a banner must say that traffic is in clear."""
    return settings.insecure_http and not has_tls(settings) and not is_loopback(settings.address)
