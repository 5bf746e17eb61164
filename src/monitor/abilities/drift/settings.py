"""Settings: how what a container runs differs from what it was asked to, with the image's own share in it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from monitor.abilities.container.calls import Label
from monitor.abilities.container.swap import part
from monitor.abilities.drift import shape
from monitor.abilities.drift.calls import Difference
from monitor.abilities.drift.shape import Shape
from monitor.abilities.drift.words import difference

_OWN = "monitor."
_SINGLE: dict[str, Shape] = {
    "WorkingDir": shape.folder,
    "User": shape.plain,
    "Tty": shape.plain,
    "OpenStdin": shape.plain,
    "StopSignal": shape.signal,
}


def setting_differences(
    wanted: Mapping[str, Any], image: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Difference]:
    """`image` is the Config of the image, `found` that of the container."""
    for key, form in _SINGLE.items():
        one, other = form(wanted.get(key) or image.get(key)), form(found.get(key))
        if one != other:
            yield difference(f"Config.{key}", one, other)
    yield from _asked(wanted, found)
    yield from _command(wanted, image, found)
    yield from _environment(wanted, image, found)
    yield from _labels(wanted, image, found)
    yield from _health(wanted, image, found)
    yield from _exposed(wanted, image, found)


def _asked(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """What Docker fills in by itself where nothing is asked."""
    for key in ("Hostname", "StopTimeout"):
        if wanted.get(key) and wanted[key] != found.get(key):
            yield difference(f"Config.{key}", wanted[key], found.get(key))


def _command(wanted: Mapping[str, Any], image: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """An entrypoint of one's own leaves the image's command out (github.com/moby/moby, daemon/commit.go, merge)."""
    entry = wanted.get("Entrypoint") or image.get("Entrypoint")
    command = wanted.get("Cmd") or (None if wanted.get("Entrypoint") else image.get("Cmd"))
    for key, one in (("Entrypoint", entry), ("Cmd", command)):
        if (one or None) != (found.get(key) or None):
            yield difference(f"Config.{key}", one, found.get(key))


def _environment(wanted: Mapping[str, Any], image: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """By name; no value is told."""
    one, other = _variables(image) | _variables(wanted), _variables(found)
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name):
            told = ["set" if name in side else None for side in (one, other)]
            yield difference(f"Env {name}", told[0], "another value" if told == ["set", "set"] else told[1])


def _variables(config: Mapping[str, Any]) -> dict[str, str]:
    entries = cast("list[str]", config.get("Env") or [])
    return {name: value for name, _, value in (entry.partition("=") for entry in entries)}


def _labels(wanted: Mapping[str, Any], image: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """Those Monitor writes for itself aside, but for whose it is."""
    own = (Label.CORE.value, Label.DEPLOYMENT.value)
    one = part(image, "Labels") | part(wanted, "Labels")
    other = part(found, "Labels")
    for name in sorted(one.keys() | other.keys()):
        if one.get(name) != other.get(name) and (name in own or not name.startswith(_OWN)):
            yield difference(f"Label {name}", one.get(name), other.get(name))


def _health(wanted: Mapping[str, Any], image: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """What is not set the image's own says."""
    asked, made, said = (part(side, "Healthcheck") for side in (wanted, image, found))
    for key in ("Test", "Interval", "Timeout", "StartPeriod", "Retries"):
        one, other = asked.get(key) or made.get(key) or None, said.get(key) or None
        if one != other:
            yield difference(f"Config.Healthcheck.{key}", one, other)


def _exposed(wanted: Mapping[str, Any], image: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    one = {*part(wanted, "ExposedPorts"), *part(image, "ExposedPorts")}
    other = {*part(found, "ExposedPorts")}
    if one != other:
        yield difference("Config.ExposedPorts", sorted(one), sorted(other))
