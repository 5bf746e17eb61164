"""Words: conditions, scopes and overrides as one writes them on a command line. Pure."""

from typing import Any

CONDITION = "server_figure disk_used /srv"
SCOPE = "tagged web db"
OVERRIDE = "server db-1: warning=95 critical=99"
_WITH_MEASURE = ("server_figure", "container_figure")
_ALONE = ("unreachable", "docker_silent", "agent_old", "missing", "drifted", "image_update")
_NUMBERS = ("warning", "critical", "lasts")


def condition_in_words(text: str) -> dict[str, Any]:
    """`server_figure cpu`, `container_figure memory unmanaged`, `restart_loop times=3 minutes=10`, `failed build`."""
    kind, *words = text.split() or [""]
    made: dict[str, Any] = {"kind": kind}
    if kind in _WITH_MEASURE and words:
        made["measure"] = words.pop(0)
    elif kind == "failed" and words:
        made["doing"] = words.pop(0)
    elif kind not in (*_ALONE, "disk_full", "exited", "unhealthy", "restart_loop", "oom_killed"):
        raise ValueError(f"{text[:80]!r} is no condition; write {CONDITION}, unreachable, or failed build")
    for word in words:
        name, given, value = word.partition("=")
        if word.startswith("/"):
            made["of"] = word
        elif given:
            made[name] = _value(value)
        else:
            made[name] = True
    return made


def scope_in_words(text: str) -> dict[str, Any]:
    """`all`, `tagged web db`, `server db-1`, `deployment shop`, `build shop`."""
    kind, *words = text.replace(",", " ").split() or [""]
    if kind == "all" and not words:
        return {"kind": "all"}
    if kind == "tagged" and words:
        return {"kind": "tagged", "tags": words}
    if kind in ("server", "deployment", "build") and len(words) == 1:
        return {"kind": kind, kind: words[0]}
    raise ValueError(f"{text[:80]!r} is no scope; write all, {SCOPE}, server NAME, deployment NAME or build NAME")


def override_in_words(text: str) -> dict[str, Any]:
    """A scope, a colon, and what is other there: `tagged gpu: off`, `server db-1: warning=95 lasts=600`."""
    where, colon, rest = text.partition(":")
    if not colon or not rest.split():
        raise ValueError(f"{text[:80]!r} is no override; write {OVERRIDE}, or tagged gpu: off")
    made: dict[str, Any] = {"scope": scope_in_words(where)}
    for word in rest.replace(",", " ").split():
        name, given, value = word.partition("=")
        if word == "off":
            made["off"] = True
        elif given and name in _NUMBERS:
            made[name] = _value(value)
        else:
            raise ValueError(f"{word!r} is neither off nor one of {', '.join(_NUMBERS)} with a number")
    return made


def _value(text: str) -> Any:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
