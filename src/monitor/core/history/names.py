"""Names: under which the store keeps the blocks of what. Pure."""


def server_entity(server: str) -> str:
    """The name a server's blocks are kept under."""
    return f"server/{server}"


def deployment_entity(deployment: str) -> str:
    """The same of a deployment's containers, whichever it has at the time, on whichever server."""
    return f"deployment/{deployment}"


def container_entity(server: str, name: str) -> str:
    """The same of a container that belongs to no deployment: by its name, since it is made anew under it."""
    return f"container/{server}/{name}"


def cursor_entity(server: str) -> str:
    """Where it is kept what core has of a server."""
    return f"cursor/{server}"


def is_nobodys(entity: str) -> bool:
    """Whether it is a container that belongs to no deployment."""
    return entity.startswith("container/")


def is_measured(entity: str) -> bool:
    """Whether it has figures, and is no cursor or mark."""
    return entity.startswith(("server/", "deployment/", "container/"))


def owner_of(entity: str) -> tuple[str, str]:
    """Type and id of the resource with which an entity ends."""
    kind, _, rest = entity.partition("/")
    return ("server" if kind in ("container", "cursor") else kind), rest.partition("/")[0]
