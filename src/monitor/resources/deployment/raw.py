"""Raw: a patch of the body's HostConfig as JSON text, the last resort for what has no field of its own. Pure."""

from typing import Any, cast

import msgspec

from monitor.kernel.errors import Invalid

_FIELD = "config.host_config"
_DEEPEST = 20
_OWN = {
    "AutoRemove": "a deployment's container is kept",
    "ContainerIDFile": "it writes to the host where nobody looks",
    "RestartPolicy": "set the field `restart`",
    "Labels": "set the field `labels`",
}
"""What Monitor needs for itself, in whatever case it is written: the daemon does not mind the case."""


def patch_of(text: str) -> dict[str, Any]:
    """The object it says; Invalid if it is none, or goes deeper than any of the Engine's does."""
    if not text.strip():
        return {}
    try:
        patch = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as wrong:
        raise Invalid.field(_FIELD, f"is no JSON: {wrong}") from None
    if not isinstance(patch, dict):
        raise Invalid.field(_FIELD, 'must be a JSON object, as {"OomScoreAdj": 500}')
    if _deeper_than(patch, _DEEPEST):
        raise Invalid.field(_FIELD, f"goes deeper than {_DEEPEST} levels")
    return cast("dict[str, Any]", patch)


def check(text: str, *, networks: bool) -> None:
    """Refuse what Monitor sets itself, and with `networks` the network mode too."""
    own = {key.casefold(): (key, way) for key, way in _OWN.items()}
    if networks:
        own["networkmode"] = ("NetworkMode", "the field `networks` says it")
    for key in patch_of(text):
        if key.casefold() in own:
            name, way = own[key.casefold()]
            raise Invalid.field(_FIELD, f"{name} is set by Monitor itself: {way}")


def merged(given: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """The patch laid over: objects key by key, null takes away, all else is replaced (RFC 7396)."""
    laid = dict(given)
    for key, value in patch.items():
        before = laid.get(key)
        if value is None:
            laid.pop(key, None)
        elif isinstance(value, dict):
            known = cast("dict[str, Any]", before) if isinstance(before, dict) else {}
            laid[key] = merged(known, cast("dict[str, Any]", value))
        else:
            laid[key] = value
    return laid


def _deeper_than(value: Any, levels: int) -> bool:
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = list(cast("dict[str, Any]", value).values())
    elif isinstance(value, list):
        inner = cast("list[Any]", value)
    return levels == 0 or any(_deeper_than(item, levels - 1) for item in inner)
