"""A container's mounts: volumes and tmpfs of our own, and as a raw patch what has more to it."""

from monitor.resources.deployment.adoption.told import Told, items, part


def storage_fields(given: Told) -> tuple[Told, Told]:
    """Fields of the config, and what goes into the patch instead: each of Docker's three lists whole."""
    volumes: list[Told] = []
    tmpfs: list[Told] = []
    patch: Told = {}
    binds = [_bind(str(entry)) for entry in items(given, "Binds")]
    if None in binds:
        patch["Binds"] = given["Binds"]
    else:
        volumes += filter(None, binds)
    mounts = [_mount(mount) for mount in items(given, "Mounts")]
    if None in mounts:
        patch["Mounts"] = given["Mounts"]
    else:
        for kind, value in filter(None, mounts):
            (volumes if kind == "volume" else tmpfs).append(value)
    held = [_tmpfs(path, str(options)) for path, options in part(given, "Tmpfs").items()]
    if None in held:
        patch["Tmpfs"] = given["Tmpfs"]
    else:
        tmpfs += filter(None, held)
    return {"read_only": bool(given.get("ReadonlyRootfs")), "volumes": volumes, "tmpfs": tmpfs}, patch


def _bind(entry: str) -> Told | None:
    source, _, rest = entry.partition(":")
    target, _, options = rest.partition(":")
    if not source or not target or options not in ("", "ro", "rw"):
        return None
    return {"source": source, "target": target, "read_only": options == "ro"}


def _mount(mount: Told) -> tuple[str, Told] | None:
    kind, source, target = mount.get("Type"), mount.get("Source") or "", mount.get("Target") or ""
    more = {k for k, v in mount.items() if v and k not in ("Type", "Source", "Target", "ReadOnly")}
    if more or not target:
        return None
    if kind == "tmpfs" and not mount.get("ReadOnly"):
        return "tmpfs", {"path": target}
    if kind not in ("volume", "bind") or not source:
        return None
    return "volume", {"source": source, "target": target, "read_only": bool(mount.get("ReadOnly"))}


def _tmpfs(path: str, options: str) -> Told | None:
    found: Told = {"path": path}
    for option in filter(None, options.split(",")):
        name, _, value = option.partition("=")
        if name == "size" and value.isdigit():
            found["size"] = int(value)
        elif name == "mode" and value:
            found["mode"] = value
        else:
            return None
    return found
