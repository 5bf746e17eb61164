"""What runs in a container and how, where that is not what its image says."""

from monitor.resources.deployment.adoption.told import Told, items, part

_NANO = 1_000_000_000


def program_fields(made: Told, own: Told, left: list[str]) -> Told:
    """Command, user, health check and the like."""
    entrypoint, command = items(made, "Entrypoint"), items(made, "Cmd")
    same = entrypoint == items(own, "Entrypoint")
    if not entrypoint and not same:
        left.append("it runs without its image's entrypoint, which a deployment cannot say")
    if made.get("Domainname"):
        left.append(f"the domain name {made['Domainname']}")
    timeout = made.get("StopTimeout")
    return {
        "entrypoint": [] if same else entrypoint,
        "command": [] if same and command == items(own, "Cmd") else command,
        "working_dir": _unless(made, own, "WorkingDir"),
        "user": _unless(made, own, "User"),
        "tty": bool(made.get("Tty")),
        "open_stdin": bool(made.get("OpenStdin")),
        "stop_signal": _unless(made, own, "StopSignal"),
        "stop_timeout": 10 if timeout is None else timeout,
        **_health(part(made, "Healthcheck"), part(own, "Healthcheck")),
    }


def _unless(made: Told, own: Told, key: str) -> str:
    return "" if made.get(key) == own.get(key) else str(made.get(key) or "")


def _health(given: Told, own: Told) -> Told:
    fields: Told = {"health_check": _test([] if given.get("Test") == own.get("Test") else given.get("Test") or [])}
    for field, key in (("interval", "Interval"), ("timeout", "Timeout"), ("start_period", "StartPeriod")):
        if given.get(key) and given.get(key) != own.get(key):
            fields[f"health_{field}"] = given[key] / _NANO
    if given.get("Retries") and given.get("Retries") != own.get("Retries"):
        fields["health_retries"] = given["Retries"]
    return fields


def _test(test: list[str]) -> Told:
    match test:
        case ["NONE", *_]:
            return {"kind": "none"}
        case ["CMD", *command]:
            return {"kind": "command", "command": command}
        case ["CMD-SHELL", line]:
            return {"kind": "shell", "command": line}
        case _:
            return {"kind": "image"}
