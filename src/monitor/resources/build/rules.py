"""Rules: what a build's config may not say of how it is made, because no host could do it or it cannot be meant."""

from monitor.abilities.build.calls import Maker
from monitor.abilities.build.limits import LEAST_MEMORY, MIB
from monitor.kernel.errors import Invalid
from monitor.resources.build.config import BuildConfig
from monitor.resources.build.fields import LONGEST_SECRET, BuildSecret

_MOST_LINES = 500
_LEAST_CPUS = 0.05
_LEAST_PROCESSES = 16


def check(config: BuildConfig) -> None:
    """Raise Invalid, naming the field and the way out."""
    _unique("arguments", [argument.name for argument in config.arguments])
    _unique("secrets", [secret.name for secret in config.secrets])
    _unique("entitlements", [entitlement.value for entitlement in config.entitlements])
    for secret in config.secrets:
        _check_secret(secret)
    for field in ("secrets", "entitlements"):
        if config.maker is Maker.CLASSIC and getattr(config, field):
            raise Invalid.field(
                f"config.{field}", "only BuildKit knows them: choose `auto` or `buildkit` as maker, or leave them out"
            )
    if 0 < config.memory < LEAST_MEMORY:
        raise Invalid.field("config.memory", f"no less than {LEAST_MEMORY // MIB}m, or 0 for half of the builder's")
    if 0 < config.cpus < _LEAST_CPUS:
        raise Invalid.field("config.cpus", f"no less than {_LEAST_CPUS:g}, or 0 for the usual")
    if 0 < config.processes < _LEAST_PROCESSES:
        raise Invalid.field("config.processes", f"no less than {_LEAST_PROCESSES}, or 0 for the usual")


def _unique(field: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise Invalid.field(f"config.{field}", f"{name} is given twice")


def _check_secret(secret: BuildSecret) -> None:
    field, value = f"config.secrets[{secret.name}].value", secret.value or ""
    if len(value.encode(errors="surrogatepass")) > LONGEST_SECRET:
        raise Invalid.field(field, f"no more than {LONGEST_SECRET} bytes")
    if value.count("\n") >= _MOST_LINES:
        raise Invalid.field(field, f"no more than {_MOST_LINES} lines: each is looked for in every byte of output")
