"""Deployments of the fleet: four families on many servers, and as many singles as the scale asks for."""

from collections.abc import Iterator
from itertools import count, product
from random import Random
from typing import Any

from msgspec import Struct

from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.values import (
    BuiltImage,
    LiteralImage,
    PublishedPort,
    SecretVariable,
    Variable,
    Volume,
)
from tests.browser.builds import BY_NAME, versions
from tests.browser.servers import DOWN, NAMES, SILENT, tags_of

SCALE = 216
UNHEALTHY = "api-2"
AWKWARD = "api-3"
"""Its log holds everything a log may hold."""
RESTARTING = "worker-mail"
STOPPED = ("legacy-import", "old-gateway", "load-test")
NEVER_DEPLOYED = "search-next"
OUTDATED = "reports-api"
LONG = "customer-notifications-and-preferences-migration-worker-eu-cent"
"""As long as a name may be."""

_FAMILIES: dict[str, tuple[tuple[str, str], ...]] = {
    "api": tuple((f"web-{n}", v) for n, v in zip(range(1, 8), ("1.4.3", *["1.4.2"] * 4, *["1.4.1"] * 2), strict=True)),
    "worker": tuple((f"worker-{n}", "0.3.12") for n in range(1, 6)),
    "site": tuple((f"web-{n}", "0.9.40") for n in range(1, 9)),
    "gateway": tuple((f"edge-{n}", "3.1.0" if n < 3 else versions("3.1.0")[1]) for n in range(1, 6)),
}
_SPECIAL = (
    ("worker-mail", "worker-3", "mailer"),
    ("legacy-import", "app-1", "ingest"),
    ("old-gateway", "edge-4", "gateway"),
    ("load-test", "app-6", "exporter"),
    ("search-next", "app-3", "search"),
    ("reports-api", "app-4", "reports"),
    (LONG, "worker-5", "notifier"),
)
_LITERAL = (
    "redis:7.4-alpine",
    "postgres:16.4",
    "nginx:1.27-alpine",
    "memcached:1.6",
    "rabbitmq:4.0-management",
    "registry.example.com/acme/platform/observability/otel-collector-contrib:0.112.0-hardened.3",
)
_AREAS = (
    *("billing", "search", "media", "auth", "mail", "ledger", "reports", "ingest", "export", "notify", "audit"),
    *("catalog", "cart", "orders", "prices", "stock", "geo", "chat", "feeds", "quota", "flags"),
)
_ROLES = ("api", "worker", "cron", "cache", "web", "proxy", "sync", "queue", "indexer", "relay", "gc", "hooks")


class Placed(Struct, frozen=True, kw_only=True):
    """One deployment: where it is, from which image, and which version of it runs."""

    name: str
    server: str
    build: str = ""
    version: str = ""
    """Runs now; of a build."""
    pinned: bool = False
    """Its config names the version."""
    literal: str = ""
    port: int = 0

    @property
    def image(self) -> str:
        """What runs."""
        return self.literal or f"{self.build}:{self.version}"

    @property
    def tags(self) -> tuple[str, ...]:
        """Like its server's, and its family."""
        return (tags_of(self.server)[0], *([self.build] if self.build else []))

    def config(self, **more: Any) -> DeploymentConfig:
        """What people set on it."""
        source: Any = LiteralImage(image=self.literal)
        if self.build:
            source = BuiltImage(build=self.build, version=self.version if self.pinned else "")
        given: dict[str, Any] = {
            "server": self.server,
            "image": source,
            "environment": _environment(self),
            "secret_environment": (
                SecretVariable(name="DB_PASSWORD", value="correct-horse-battery"),
                SecretVariable(name="API_TOKEN", value="tok_4242424242424242"),
            ),
            "ports": _ports(self),
            "volumes": (Volume(source=f"{self.name[:40]}-data", target="/var/lib/data"),) if self.literal else (),
        }
        return DeploymentConfig(**{**given, **more})


def planned(scale: int = SCALE) -> list[Placed]:
    """As many as the scale says, but at least the families and the special ones."""
    ports = count(20_000)
    found = [
        Placed(name=f"{build}-{n}", server=server, build=build, version=version, pinned=True, port=next(ports))
        for build, places in _FAMILIES.items()
        for n, (server, version) in enumerate(places, 1)
    ]
    for name, server, build in _SPECIAL:
        found.append(Placed(name=name, server=server, build=build, version=BY_NAME[build].version, port=next(ports)))
    singles = _singles()
    while len(found) < scale:
        found.append(next(singles))
    return found


def _singles() -> Iterator[Placed]:
    """Named by area and role, dealt out over the servers; builders and those in trouble get few."""
    dice = Random("singles")
    builds = [b for b in BY_NAME.values() if b.name not in _FAMILIES]
    servers = [n for n in NAMES if not n.startswith("ci-") and n not in (DOWN, SILENT)]
    for number in count():
        area, role = _pair(number)
        round_trip = number // (len(_AREAS) * len(_ROLES))
        name = f"{area}-{role}" + (f"-{round_trip + 1}" if round_trip else "")
        server = {3: DOWN, 17: DOWN, 8: SILENT, 21: SILENT}.get(number, servers[number % len(servers)])
        port = 21_000 + number
        if role in ("cache", "proxy", "queue"):
            yield Placed(name=name, server=server, literal=_LITERAL[number % len(_LITERAL)], port=port)
            continue
        build = dice.choice(builds)
        behind = dice.random() < 0.2
        version = versions(build.version)[dice.randrange(1, 5)] if behind else build.version
        yield Placed(name=name, server=server, build=build.name, version=version, pinned=behind, port=port)


def _pair(number: int) -> tuple[str, str]:
    pairs = list(product(_ROLES, _AREAS))
    role, area = pairs[number % len(pairs)]
    return ("report" if (area, role) == ("reports", "api") else area), role


def _ports(placed: Placed) -> tuple[PublishedPort, ...]:
    first = PublishedPort(container=8080, host=placed.port)
    return (first, PublishedPort(container=9102, host=placed.port + 20_000)) if placed.port % 3 else (first,)


def _environment(placed: Placed) -> tuple[Variable, ...]:
    given = {
        "NODE_ENV": "production",
        "DB_HOST": "db-1.internal",
        "DB_POOL": "20",
        "LOG_LEVEL": "info",
        "PUBLIC_URL": f"https://{placed.name}.acme.example",
        "QUEUE_URL": "amqp://queue.internal:5672/main",
    }
    return tuple(Variable(name=name, value=value) for name, value in given.items())
