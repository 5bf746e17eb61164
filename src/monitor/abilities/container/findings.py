"""Finding: one host power a body asks for, and the small rules that find them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast

from monitor.kernel.permission import HostPower


class Finding(NamedTuple):
    """A power, and for BIND what is to be bound: a clean absolute path, or text that is none."""

    power: HostPower
    source: str = ""


Rule = Callable[[Any], Iterable[Finding]]
RAW = Finding(HostPower.RAW)


def unless(power: HostPower, *harmless: Any) -> Rule:
    """Anything but these values is `power`."""

    def rule(value: Any) -> Iterable[Finding]:
        return () if value in harmless else (Finding(power),)

    return rule


def entries(given: Mapping[str, Any], known: Iterable[str]) -> Iterator[tuple[str, str, Any]]:
    """(key as written, the known key it means to the daemon or "", value) of each entry that is not null.

    The daemon's decoder compares keys without regard to case, and like `casefold` takes ſ for s and K for k
    (pkg.go.dev/encoding/json#Unmarshal).
    """
    meant = _folded(tuple(known))
    for key, value in given.items():
        if value is not None:
            yield key, meant.get(str(key).casefold(), ""), value


@lru_cache(maxsize=1000)
def _folded(names: tuple[str, ...]) -> dict[str, str]:
    return {name.casefold(): name for name in names}


def judge(given: Any, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """What the rules find in an object; keys without a rule, or spelled in another way, are RAW beside that."""
    if not isinstance(given, dict):
        yield RAW
        return
    for written, key, value in entries(cast("dict[str, Any]", given), rules):
        if key != written:
            yield RAW
        if key:
            yield from rules[key](value)


def free(_: Any) -> Iterable[Finding]:
    """The rule of what is no power whatever its value."""
    return ()
